import pytest

from detection.documents.contents import Gathering
from detection.documents.plain import gather_html, gather_plain


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a café\nby the river".encode(), "a café\nby the river"),
        ("a café".encode("cp1252"), "a café"),
        ("a café".encode("utf-16"), "a café"),
        ("\ufeffa café".encode(), "a café"),
        ("café, café".encode()[:-1], "café, caf\ufffd"),
        (b"name,words\nSam,see you soon", "name,words\nSam,see you soon"),
    ],
)
def test_text_is_read_in_the_encoding_it_comes_in(body: bytes, text: str) -> None:
    gathering = Gathering()
    gather_plain(body, gathering)
    assert gathering.contents.text == text


def test_of_a_page_what_is_seen_is_read() -> None:
    gathering = Gathering()
    gather_html(b"<html><script>no()</script><p>see <b>you</b></p></html>", gathering)
    assert gathering.contents.text == "see you"
