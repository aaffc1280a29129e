import pytest

from detection.conversations.smtp import Smtp
from tests.detection.conversations.talks import MAIL, hear, turns

TEXT = tuple(f"> {line}" for line in (*MAIL, "see you", "."))
WRITTEN = ">|mail|Saturday||Saturday\n\nsee you"


def said(*lines: str) -> list[str]:
    return hear(Smtp(), turns("< 220 x", "> EHLO pc", "< 250 x", *lines))


def test_a_mail_that_is_refused_is_none_and_commands_go_on() -> None:
    assert said("> DATA", "< 554 no", *TEXT[:1], "> DATA", "< 500 what", "< 354 go", *TEXT) == [WRITTEN]


def test_a_client_that_does_not_wait_for_the_yes_is_read_all_the_same() -> None:
    assert said("> DATA", *TEXT, "< 354 go") == [WRITTEN]


def test_two_mails_of_one_connection_are_two() -> None:
    assert said(*("> DATA", "< 354 go", *TEXT, "< 250 ok") * 2) == [WRITTEN, WRITTEN]


@pytest.mark.parametrize(("to", "is_read"), [("help@samaritans.org", False), ("jo@y.test", True)])
def test_the_envelope_says_whether_it_goes_to_a_helpline(to: str, is_read: bool) -> None:
    assert bool(said(f"> RCPT TO:<{to}>", "< 250 ok", "> DATA", "< 354 go", *TEXT)) == is_read


def test_the_last_answer_of_many_lines_counts() -> None:
    smtp = Smtp()
    hear(smtp, turns("< 220-a", "< 220 b", "> EHLO x", "< 250-a", "< 250 b", "> STARTTLS", "< 454 not now", "> NOOP"))
    assert smtp.unseen is None
    hear(smtp, turns("< 250 ok", "> STARTTLS", "< 220 go"))
    assert smtp.unseen == "encrypted"
