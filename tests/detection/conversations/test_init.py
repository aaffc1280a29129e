import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.conversations import Conversation
from tests.detection.conversations.talks import SECRET, TALKS, Turn, follow, told, turns


@pytest.mark.parametrize("name", TALKS)
def test_a_talk_is_read_by_what_it_speaks(name: str) -> None:
    said, conversation = follow(TALKS[name].turns)
    assert said == list(TALKS[name].said)
    assert (conversation.app, conversation.unseen, conversation.is_unknown) == (name, None, False)
    assert SECRET not in "".join(said)


@pytest.mark.parametrize("name", TALKS)
def test_nothing_is_held_longer_than_needed(name: str) -> None:
    _, conversation = follow(TALKS[name].turns)
    assert conversation.size == 0


@pytest.mark.parametrize("name", TALKS)
@given(data=st.data())
def test_however_it_is_cut_the_same_is_said(name: str, data: st.DataObject) -> None:
    cut: list[Turn] = []
    for is_client, whole in TALKS[name].turns:
        at = 0
        while at < len(whole):
            size = data.draw(st.integers(1, 30))
            cut.append((is_client, whole[at : at + size]))
            at += size
    assert follow(cut)[0] == list(TALKS[name].said)


@pytest.mark.parametrize("name", TALKS)
def test_byte_by_byte_the_same_is_said(name: str) -> None:
    cut = [(is_client, whole[at : at + 1]) for is_client, whole in TALKS[name].turns for at in range(len(whole))]
    assert follow(cut)[0] == list(TALKS[name].said)


@pytest.mark.parametrize("name", TALKS)
def test_what_one_side_says_at_a_stretch_may_come_in_one_piece(name: str) -> None:
    joined: list[Turn] = []
    for is_client, data in TALKS[name].turns:
        if joined and joined[-1][0] == is_client:
            joined[-1] = (is_client, joined[-1][1] + data)
        else:
            joined.append((is_client, data))
    assert follow(joined)[0] == list(TALKS[name].said)


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=200)), max_size=20))
def test_any_bytes_are_answered(spoken: list[Turn]) -> None:
    follow(spoken)


@pytest.mark.parametrize("name", TALKS)
@given(data=st.data())
def test_any_bytes_in_the_midst_of_a_talk_are_answered(name: str, data: st.DataObject) -> None:
    spoken = list(TALKS[name].turns)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(spoken)))
        if data.draw(st.booleans()):
            spoken.insert(at, (data.draw(st.booleans()), data.draw(st.binary(max_size=100))))
        else:
            del spoken[at : at + 1]
    for said in follow(spoken)[0]:
        said.encode()


def test_what_nobody_knows_is_soon_let_go() -> None:
    conversation = Conversation()
    for data in (b"\x16\x03\x01 no such protocol\n", b"more"):
        assert list(conversation.feed(data, from_client=True)) == []
    assert (conversation.is_unknown, conversation.size) == (True, 0)


def test_what_cannot_be_stored_is_replaced() -> None:
    spoken = turns("> NICK sam", "> PRIVMSG #club :a\0b see you")
    assert follow(spoken)[0] == [">|message|#club||a\ufffdb see you"]


def test_after_the_turn_to_encryption_nothing_is_read() -> None:
    spoken = turns("< 220 x", "> EHLO pc", "< 250 STARTTLS", "> STARTTLS", "< 220 go on")
    said, conversation = follow((*spoken, (True, b"\x16\x03\x01" * 100)))
    assert (said, conversation.unseen, conversation.size) == ([], "encrypted", 0)
    assert list(told(conversation.feed(b"MAIL FROM:<a@b>\r\n", from_client=True))) == []
