import pytest

from detection.extract.mail.body_text import of_markup, text_of
from detection.extract.mail.headers import head_of
from detection.extract.mail.parts import Part


def of(content: bytes, content_type: str) -> str:
    return text_of(Part(head_of(f"Content-Type: {content_type}\r\n\r\n".encode()), content))


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("café".encode(), "text/plain; charset=utf-8", "café"),
        ("café".encode("latin-1"), "text/plain; charset=iso-8859-1", "café"),
        ("café".encode("latin-1"), "text/plain", "café"),
        ("ありがとう".encode("iso2022_jp"), "text/plain; charset=ISO-2022-JP", "ありがとう"),
        (b"<p>see <b>you</b></p>", "text/html", "see you"),
        ("<meta charset=latin1><p>café".encode("latin-1"), "text/html", "café"),
    ],
)
def test_text_is_read_in_its_charset(content: bytes, content_type: str, text: str) -> None:
    assert of(content, content_type) == text


@pytest.mark.parametrize(
    ("content", "delsp", "text"),
    [
        (b"see you \r\nat the river\r\nbye", "no", "see you at the river\nbye"),
        (b"see y \r\nou", "yes", "see you"),
        (b"> what \r\n> time\r\nat five", "no", "> what time\nat five"),
        (b" >not quoted\r\nbye\r\n-- \r\nSam", "no", ">not quoted\nbye\n--\nSam"),
    ],
)
def test_flowed_lines_are_joined(content: bytes, delsp: str, text: str) -> None:
    assert of(content, f"text/plain; format=flowed; delsp={delsp}") == text


def test_what_a_mail_program_quotes_is_marked() -> None:
    markup = "<p>yes</p><div class='gmail_quote'>On Monday 1 Jo wrote:<blockquote>when?</blockquote></div><p>bye"
    assert of_markup(markup) == "yes\n> On Monday 1 Jo wrote:\n> when?\nbye"
