import pytest

from detection.conversations.xmpp import Xmpp
from tests.detection.conversations.talks import hear, turns

OPEN = ("> <stream:stream>", "< <stream:stream>")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("> <message to='Jo@x/1'><subject>re</subject><body>see you</body></message>", [">|message|jo@x||re\nsee you"]),
        ("> <message to='jo@x' type='error'><body>see you</body></message>", []),
        ("> <message to='jo@x'><body/></message>", []),
        ("> <m:message to='jo@x'><body>see you</body></m:message>", []),
        ("> <auth>see you</auth>", []),
        ("> <iq><query><password>see you</password></query></iq>", []),
        ("< <message><body>see you</body></message>", ["<|message|||see you"]),
        (
            "< <message from='a@x'><result><forwarded><message from='jo@x'><body>see you</body></message></forwarded>"
            "</result></message>",
            ["<|message|jo@x|jo@x|see you"],
        ),
        ("< <message from='jo@x'><body>a & b <i></body>", []),
    ],
)
def test_messages_are_read_and_nothing_else(line: str, said: list[str]) -> None:
    assert hear(Xmpp(), turns(*OPEN, line)) == said


def test_what_the_person_said_elsewhere_is_not_shown_to_them() -> None:
    own = "<iq><bind><jid>sam@x/1</jid></bind></iq>"
    assert hear(Xmpp(), turns(*OPEN, f"< {own}", "< <message from='sam@x/2'><body>hello</body></message>")) == []


def test_what_the_person_said_in_a_room_before_is_not_shown_to_them_anew() -> None:
    told = [f"< <message type='groupchat' from='club@x/{name}'><body>hello</body></message>" for name in ("sam", "jo")]
    spoken = turns(*OPEN, "> <presence/>", "> <presence to='club@x/sam'><x/></presence>", *told)
    assert hear(Xmpp(), spoken) == ["<|message|club@x|jo|hello"]


@pytest.mark.parametrize(
    ("line", "unseen"),
    [
        ("< <proceed/>", "encrypted"),
        ("< <compressed/>", "packed"),
        ("< <!DOCTYPE x>", "broken"),
        ("> <proceed/>", None),
    ],
)
def test_what_can_be_read_no_longer_is_noticed(line: str, unseen: str | None) -> None:
    chat = Xmpp()
    hear(chat, turns(*OPEN, line))
    assert chat.unseen == unseen
