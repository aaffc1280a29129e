from detection.conversations.pop3 import Pop3
from tests.detection.conversations.talks import MORE_MAIL, SECRET, hear, turns

TEXT = tuple(f"< {line}" for line in (*MORE_MAIL, "see you", "."))
SHOWN = "<|mail|Sunday|Jo <jo@y.test>|Sunday\n\nsee you"


def test_mails_asked_for_at_a_stretch_are_read_and_one_that_is_not_there_is_not() -> None:
    spoken = turns("< +OK", "> RETR 1", "> RETR 2", "> TOP 3 10", "< +OK", *TEXT, "< -ERR none", "< +OK", *TEXT)
    assert hear(Pop3(), spoken) == [SHOWN, SHOWN]


def test_what_a_sign_in_asks_for_is_passed_over() -> None:
    spoken = turns("< +OK", "> AUTH LOGIN", "< + name", f"> {SECRET}", "< + word", f"> {SECRET}", "< +OK", "> RETR 1")
    assert hear(Pop3(), (*spoken, *turns("< +OK", *TEXT))) == [SHOWN]


def test_after_stls_it_is_encrypted() -> None:
    pop = Pop3()
    hear(pop, turns("< +OK", "> STLS", "< -ERR no", "> NOOP", "< +OK"))
    assert pop.unseen is None
    hear(pop, turns("> STLS", "< +OK"))
    assert pop.unseen == "encrypted"
