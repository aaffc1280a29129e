import base64

import pytest

from detection.documents.carried import carried
from tests.detection.documents.factories import docx, pdf

FORM = "multipart/form-data"
LETTER = docx("rivers")


def form(*parts: tuple[str, bytes]) -> bytes:
    return b"".join(b"--xyz\r\n%s\r\n\r\n%s\r\n" % (head.encode(), body) for head, body in parts) + b"--xyz--\r\n"


def file(name: str, media_type: str) -> str:
    return f'Content-Disposition: form-data; name="f"; filename="{name}"\r\nContent-Type: {media_type}'


@pytest.mark.parametrize(
    ("media_type", "body", "found"),
    [
        ("application/pdf", pdf("x"), True),
        ("application/octet-stream", LETTER, True),
        ("", LETTER, True),
        ("application/octet-stream", b"see you", False),
        ("application/vnd.ms-excel", b"name,words\nSam,see you", True),
        ("application/vnd.ms-excel", b"\x89PNG\0", False),
    ],
)
def test_a_body_is_a_document_by_its_bytes_or_text_by_its_type(media_type: str, body: bytes, found: bool) -> None:
    assert list(carried(media_type, body)) == ([body] if found else [])


def test_of_a_form_the_files_are_looked_at_and_not_what_is_read_with_the_form() -> None:
    body = form(
        ('Content-Disposition: form-data; name="words"', b"see you"),
        (file("a.docx", "application/octet-stream"), LETTER),
        (file("b.txt", "text/plain"), b"see you soon"),
        (file("c.png", "image/png"), b"\x89PNG"),
        (file("d.txt", "text/plain"), pdf("x")),
    )
    assert list(carried(FORM, body)) == [LETTER, pdf("x")]


def test_an_upload_that_says_about_a_file_before_the_file_is_read() -> None:
    about, packed = ("Content-Type: application/json", b'{"name": "a.docx"}'), base64.encodebytes(LETTER)
    head = "Content-Type: application/octet-stream"
    assert list(carried("multipart/related", form(about, (head, LETTER)))) == [LETTER]
    assert list(
        carried("multipart/related", form(about, (f"{head}\r\nContent-Transfer-Encoding: base64", packed)))
    ) == [LETTER]


@pytest.mark.parametrize("body", [b"", b"--", b"--x\r\n", b"--x\r\n\r\n\r\n--x--", b"no form"])
def test_any_bytes_are_answered(body: bytes) -> None:
    assert list(carried(FORM, body)) == []


def test_of_a_mail_the_attached_documents_are_and_those_of_mails_within() -> None:
    packed = base64.b64encode(LETTER)
    letter = b'Content-Type: application/x; name="a.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + packed
    within = b"Content-Type: message/rfc822\r\n\r\n" + letter
    parts = b"".join(b"--xyz\r\n%s\r\n" % part for part in (b"\r\nsee you", letter, within))
    mail = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=xyz\r\n\r\n" + parts + b"--xyz--\r\n"
    assert list(carried("message/rfc822", mail)) == [LETTER, LETTER]
