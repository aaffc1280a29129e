import base64

import pytest

from detection.conversations.fetched import Fetched
from detection.extract.mail import read_mail


def feed(fetched: Fetched, *pieces: bytes) -> None:
    """Lines and literals by turns."""
    for at, piece in enumerate(pieces):
        fetched.literal(piece) if at % 2 else fetched.text(piece)


def read(*pieces: bytes) -> list[str]:
    fetched = Fetched()
    feed(fetched, *pieces)
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
        (line("BODY[TEXT]"), b"--x\r\n" + HEAD + PACKED + b"--x--\r\n", b")"),
    ],
)
def test_a_mail_is_put_together_from_its_sections(pieces: tuple[bytes, ...]) -> None:
    assert read(*pieces) == [LONG]


WHOSE = (
    b"From: Jo <jo@y.test>\r\nTo: sam@x.test\r\nSubject: Sunday\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
)
ENVELOPE = (
    b'* 1 FETCH (UID 7 ENVELOPE ("Sat, 28 Nov 2026" "Sunday" (("Jo" NIL "jo" "y.test")) NIL NIL '
    b'((NIL NIL "sam" "x.test")) NIL NIL NIL "<a@y.test>"))'
)


@pytest.mark.parametrize("told", [(line("RFC822.HEADER"), WHOSE, b")"), (ENVELOPE,)])
@pytest.mark.parametrize(
    ("section", "content"),
    [("BODY[TEXT]", b"--x\r\n" + HEAD + PACKED + b"--x--\r\n"), ("BODY[1]", PACKED), ("BODY[1]", LONG.encode())],
)
def test_whose_a_mail_is_may_be_told_before_its_words(told: tuple[bytes, ...], section: str, content: bytes) -> None:
    fetched = Fetched()
    feed(fetched, *told)
    assert [read_mail(raw).own for raw in fetched.mails()] == []
    feed(fetched, line(section), content, b")")
    (mail,) = map(read_mail, fetched.mails())
    assert (mail.sender, mail.subject, mail.own) == ("Jo <jo@y.test>", "Sunday", LONG)
    assert mail.addresses == ("sam@x.test",)
    fetched.renumbered()
    feed(fetched, line(section), content, b")")
    assert [(mail.sender, mail.own) for mail in map(read_mail, fetched.mails())] == [("", LONG)]
    assert fetched.size == 0


@pytest.mark.parametrize("section", ["BODY[HEADER.FIELDS (SUBJECT)]", "BODY[]<100>", "ENVELOPE", "X-GM-LABELS"])
def test_other_sections_are_left(section: str) -> None:
    assert read(line(section), b"some words here", b")") == []


def test_a_picture_is_no_text() -> None:
    assert read(line("BODY[2]"), base64.encodebytes(bytes(range(30)) * 3), b")") == [""]
