import pytest

from detection.conversations.irc import Irc
from tests.detection.conversations.talks import SECRET, hear, turns

ME = "> NICK sam"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("> PRIVMSG #a :see you", [">|message|#a||see you"]),
        ("> @+x=y PRIVMSG #a hello", [">|message|#a||hello"]),
        ("> PRIVMSG @#a :see \x0304,01you\x0f", [">|message|#a||see you"]),
        ("> NOTICE jo :see you", [">|message|jo||see you"]),
        ("> PART #a :see you", [">|message|#a||see you"]),
        ("> QUIT :see you", [">|message|||see you"]),
        ("> KICK #a jo :see you", [">|message|#a||see you"]),
        ("> AWAY :see you", [">|message|||see you"]),
        ("> AWAY", []),
        ("< :jo!j@h NOTICE sam :see you", ["<|message|jo|jo|see you"]),
        ("< :jo!j@h TOPIC #a :see you", ["<|message|#a|jo|see you"]),
        ("< :jo!j@h PART #a :see you", ["<|message|#a|jo|see you"]),
        ("< :jo!j@h QUIT :see you", ["<|message|jo|jo|see you"]),
        ("< :jo!j@h KICK #a sam :see you", ["<|message|#a|jo|see you"]),
        ("< :irc.x.test 301 sam jo :see you", ["<|message|jo|jo|see you"]),
        ("< :irc.x.test 332 sam #a :see you", ["<|message|#a||see you"]),
        ("< :sam!s@h QUIT :see you", []),
        ("< :irc.x.test NOTICE sam :see you", []),
        ("< :NickServ!s@h NOTICE sam :please identify", []),
        ("< :SAM!s@h PRIVMSG #a :see you", []),
        (f"> PRIVMSG NickServ :identify {SECRET}", []),
        (f"> PRIVMSG #a :/msg NickServ identify {SECRET}", []),
        (f"> PRIVMSG #a :identify sam {SECRET}", []),
        ("> PRIVMSG #a :identify with this or that", [">|message|#a||identify with this or that"]),
        (f"> NS IDENTIFY {SECRET}", []),
        (f"> OPER sam {SECRET}", []),
        ("> PRIVMSG", []),
        ("> :", []),
        ("> ", []),
    ],
)
def test_what_is_said_is_read_and_what_the_network_needs_is_not(line: str, said: list[str]) -> None:
    assert hear(Irc(), turns(ME, line)) == said


def test_a_new_nick_is_noticed() -> None:
    spoken = turns(
        ME, "< :x 001 sam :hi", "< :sam!s@h NICK al", "< :al!s@h PRIVMSG #a :own", "< :sam!o@h PRIVMSG al :hello"
    )
    assert hear(Irc(), spoken) == ["<|message|sam|sam|hello"]


def test_old_encodings_are_read() -> None:
    assert hear(Irc(), [(True, "PRIVMSG #a :café\n".encode("latin-1"))]) == [">|message|#a||café"]


def test_the_turn_to_encryption_is_noticed() -> None:
    chat = Irc()
    hear(chat, turns("< :x 670 sam :go"))
    assert chat.unseen is None
    hear(chat, turns("> STARTTLS", "< :x 670 sam :go"))
    assert chat.unseen == "encrypted"
