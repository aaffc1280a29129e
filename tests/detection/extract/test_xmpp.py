import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.base import Passage
from detection.extract.xmpp import is_xmpp, messages
from detection.observation import Channel, Direction
from tests.detection.extract.factories import frame, said, written

SENT = (
    '<message xmlns="jabber:client" to="club@rooms.example" type="groupchat" id="1">'
    "<body>see you &amp; Sam</body></message>"
)
GOT = ("<message xmlns='jabber:client' from='club@rooms.example/Sam' type='groupchat'><body>not me</body>"
       "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
       "<p>not me</p></body></html></message>")  # fmt: skip


def passage(text: str, conversation: str, author: str = "") -> Passage:
    return Passage(channel=Channel.MESSAGE, text=text, conversation=conversation, author=author)


def test_a_sent_message_is_read_with_its_room() -> None:
    assert list(messages(SENT, written=True)) == [passage("see you & Sam", "club@rooms.example")]


def test_a_received_message_is_read_once_with_who_said_it() -> None:
    assert list(messages(GOT, written=False)) == [passage("not me", "club@rooms.example", "Sam")]


def test_a_forwarded_message_is_the_one_within() -> None:
    around = (
        f"<message xmlns='jabber:client' from='a@x.example'><result><forwarded>{GOT}</forwarded></result></message>"
    )
    assert list(messages(around, written=False)) == [passage("not me", "club@rooms.example", "Sam")]


@pytest.mark.parametrize(
    "order", ["<encrypted xmlns='urn:x'/><body>I sent a secret</body>", "<body>I sent a secret</body><encrypted/>"]
)
def test_the_notice_beside_an_encrypted_message_says_nothing(order: str) -> None:
    assert list(messages(f"<message xmlns='jabber:client' from='a@x.example'>{order}</message>", written=False)) == []


@pytest.mark.parametrize(
    "stanza",
    [
        '<message xmlns="jabber:client" to="a@x.example"><composing xmlns="urn:example:chatstates"/></message>',
        '<presence xmlns="jabber:client"><status>back on Monday</status></presence>',
        '<iq xmlns="jabber:client"><query xmlns="jabber:iq:auth"><password>open the door</password></query></iq>',
        '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">AGFsZXgAb3Blbg==</auth>',
        '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="x.example" version="1.0"/>',
    ],
)
def test_other_stanzas_say_nothing_in_a_frame(stanza: str) -> None:
    assert is_xmpp(stanza)
    assert said(frame(stanza)) == []


def test_a_frame_is_read() -> None:
    assert said(frame(SENT)) == [(Channel.MESSAGE, "see you & Sam")]
    assert said(frame(GOT, Direction.SHOWN)) == [(Channel.MESSAGE, "not me")]


def test_a_stanza_may_leave_its_name_space_to_the_stream() -> None:
    bare = (
        '<message from="club@rooms.example/Sam" to="al@chat.example/x" type="groupchat"><body>not me</body></message>'
    )
    assert list(messages(bare, written=False)) == [passage("not me", "club@rooms.example", "Sam")]
    assert said(frame(bare, Direction.SHOWN)) == [(Channel.MESSAGE, "not me")]


@given(st.lists(st.sampled_from([SENT, GOT, "<message ", "<body>", "</message>", "x", "<", ">", "from='"]), max_size=9))
def test_any_text_is_answered(pieces: list[str]) -> None:
    assert all(message.text for message in messages("".join(pieces), written=False))


def test_a_request_with_stanzas_in_its_body_is_read() -> None:
    body = f"<body xmlns='http://jabber.org/protocol/httpbind' rid='1' sid='2'>{SENT}</body>"
    assert said(written(body, "text/xml")) == [(Channel.MESSAGE, "see you & Sam")]


def test_other_markup_is_no_stanza() -> None:
    assert not is_xmpp("<message>hello you</message>")
    assert not is_xmpp("hello <b>you</b>")
    assert not is_xmpp("")
