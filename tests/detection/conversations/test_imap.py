import pytest

from detection.conversations.imap import Imap
from tests.detection.conversations.talks import MAIL, SECRET, Turn, hear, turns

RAW = "\r\n".join((*MAIL, "see you"))
SHOWN, WRITTEN = "<|mail|Saturday|Sam <sam@x.test>|Saturday\n\nsee you", ">|mail|Saturday||Saturday\n\nsee you"


def put(folder: str, *, at_once: bool = False) -> list[Turn]:
    asked = turns(f"> a APPEND {folder} {{{len(RAW)}{'+' if at_once else ''}}}")
    return [*asked, *(() if at_once else turns("< + go")), *turns(f"> {RAW}", "< a OK")]


@pytest.mark.parametrize(
    ("folder", "said"),
    [("Sent", WRITTEN), ('"Entwürfe" (\\Draft)', WRITTEN), ("INBOX", SHOWN), ('"[Mail]/Trash" ()', SHOWN)],
)
def test_what_is_put_into_a_folder_was_written_unless_it_came(folder: str, said: str) -> None:
    assert hear(Imap(), put(folder)) == [said]
    assert hear(Imap(), put(folder, at_once=True)) == [said]


def test_a_mail_the_server_does_not_want_is_none() -> None:
    refused = turns(f"> a APPEND Sent {{{len(RAW)}}}", "< a NO full", "> b NOOP", "< b OK")
    assert hear(Imap(), [*refused, *put("Sent")]) == [WRITTEN]


def test_a_password_may_be_counted_off() -> None:
    size = len(SECRET)
    spoken = turns("> a LOGIN {3}", "< +", f"> sam {{{size}}}", "< +", f"> {SECRET}", "< a OK")
    assert hear(Imap(), [*spoken, *put("Sent")]) == [WRITTEN]


@pytest.mark.parametrize(
    ("command", "answer", "unseen"),
    [
        ("STARTTLS", "OK", "encrypted"),
        ("COMPRESS DEFLATE", "OK", "packed"),
        ("STARTTLS", "BAD", None),
        ("AUTHENTICATE PLAIN x", "OK", None),
    ],
)
def test_the_turn_to_encryption_or_packing_is_noticed(command: str, answer: str, unseen: str | None) -> None:
    box = Imap()
    hear(box, turns("< * OK", f"> a {command}", "< * 1 EXISTS", f"< a {answer}"))
    assert box.unseen == unseen


def test_a_literal_that_is_no_mail_is_passed_over() -> None:
    assert hear(Imap(), turns("< * LIST () {4}", "< name", f"< * 1 FETCH (RFC822 {{{len(RAW)}}}", f"< {RAW})")) == [
        SHOWN
    ]


HEADER = "".join(f"{line}\r\n" for line in MAIL)


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ((), SHOWN),
        (("< * 2 EXISTS",), SHOWN),
        (("< * 3 EXPUNGE",), "<|mail|||see you"),
        (("> c SELECT Trash", "< c OK"), "<|mail|||see you"),
        (("> c UNSELECT", "< c OK"), "<|mail|||see you"),
    ],
)
def test_a_header_that_came_before_is_the_mails_until_mails_are_numbered_anew(
    between: tuple[str, ...], said: str
) -> None:
    spoken = turns(
        *("< * OK", "> a FETCH 1 RFC822.HEADER", f"< * 1 FETCH (RFC822.HEADER {{{len(HEADER)}}}"),
        *(f"< {HEADER})", "< a OK", *between, "> b FETCH 1 BODY.PEEK[TEXT]", "< * 1 FETCH (BODY[TEXT] {7}"),
        *("< see you)", "< b OK"),
    )
    assert hear(Imap(), spoken) == [said]
