import base64

import pytest

from detection.conversations.fetched import Fetched
from detection.extract.mail import read_mail


def read(*pieces: bytes) -> list[str]:
    """Lines and literals by turns."""
    fetched = Fetched()
    for at, piece in enumerate(pieces):
        fetched.literal(piece) if at % 2 else fetched.text(piece)
    found = [read_mail(raw) for raw in fetched.mails()]
    assert (fetched.size, fetched.goes_on) == (0, False)
    return [mail.own for mail in found]


def line(section: str, size: int = 9) -> bytes:
    return f"* 1 FETCH ({section} {{{size}}}".encode()


LONG = "See you at the old bridge, café."
HEAD = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
PACKED = base64.encodebytes(LONG.encode())


@pytest.mark.parametrize(
    "pieces",
    [
        (line("BODY[]"), HEAD + PACKED, b")"),
        (line("RFC822"), HEAD + PACKED, b")"),
        (line("BODY[HEADER]"), HEAD, b" BODY[TEXT] {9}", PACKED, b")"),
        (line("RFC822.HEADER"), HEAD, b" RFC822.TEXT {9}", PACKED, b")"),
        (line("BODY[1.MIME]"), HEAD, b" BODY[1] {9}", PACKED, b")"),
        (line("BODY[1]"), PACKED, b")"),
        (line("BODY[1]"), LONG.encode().replace(b"\xc3\xa9", b"=C3=A9"), b")"),
        (line("BODY[2]"), f"<p>{LONG}".encode(), b")"),
        (line("BODY[]<0>"), LONG.encode(), b")"),
        (f'* 1 FETCH (BODY[TEXT] "{LONG}")'.encode(),),
    ],
)
def test_a_mail_is_put_together_from_its_sections(pieces: tuple[bytes, ...]) -> None:
    assert read(*pieces) == [LONG]


@pytest.mark.parametrize("section", ["BODY[HEADER.FIELDS (SUBJECT)]", "BODY[]<100>", "ENVELOPE", "X-GM-LABELS"])
def test_other_sections_are_left(section: str) -> None:
    assert read(line(section), b"some words here", b")") == []


def test_a_picture_is_no_text() -> None:
    assert read(line("BODY[2]"), base64.encodebytes(bytes(range(30)) * 3), b")") == [""]
