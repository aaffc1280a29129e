import pytest

from detection.conversations.envelope import header_in
from detection.extract.mail import read_mail

DATE, JO, SAM = b'"Sat, 28 Nov 2026"', b'("Jo \\"the\\" Jo" NIL "jo" "y.test")', b'(NIL NIL "sam" "x.test")'
NOBODY = b"NIL NIL NIL"


def envelope(subject: bytes, senders: bytes, to: bytes, ends: bytes = b'"<0@x>" "<1@y>"') -> bytes:
    lists = b" ".join((senders, senders, senders, to, b"NIL", b"NIL"))
    return b"* 1 FETCH (UID 7 ENVELOPE (" + b" ".join((DATE, subject, lists, ends)) + b") FLAGS ())"


def test_it_says_whose_a_mail_is() -> None:
    mail = read_mail(header_in(envelope(b'"=?utf-8?q?caf=C3=A9?="', b"(" + JO + b")", b"(" + SAM + JO + b")")))
    assert (mail.subject, mail.sender) == ("café", 'Jo "the" Jo <jo@y.test>')
    assert mail.addresses == ("sam@x.test", "jo@y.test")
    assert (mail.root, mail.message_id) == ("0@x", "1@y")


def test_it_may_say_nothing() -> None:
    assert header_in(envelope(b"NIL", b"NIL", b"NIL", b"NIL NIL")) == b""


@pytest.mark.parametrize(
    "line",
    [b"* 1 FETCH (FLAGS ())", b"* 1 FETCH (ENVELOPE (" + DATE + b" {7}", b"ENVELOPE (", b'ENVELOPE ("' * 5000, b""],
)
def test_what_is_not_there_whole_is_nothing(line: bytes) -> None:
    assert header_in(line) == b""
