import zlib

import pytest

from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import NOON, WORDS, Talk, answer, get, search

OPEN = get("/chat", Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version="13", Sec_WebSocket_Key="x" * 24)
OPENED = b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"


def frame(text: bytes, *, masked: bool, first: int = 0x81) -> bytes:
    length = len(text)
    if not masked:
        return bytes([first, length]) + text
    mask = b"\x01\x02\x03\x04"
    return bytes([first, 0x80 | length]) + mask + bytes(b ^ mask[n % 4] for n, b in enumerate(text))


def chat() -> Talk:
    return Talk().hello().up(OPEN).down(OPENED + b"\r\n")


def test_what_is_found_has_the_packets_time(replayed: Replayed) -> None:
    (found,) = replayed(Talk(step=1.0).hello().up(search()).down(answer()).bye().packets).detections
    assert found.observation.seen_at.timestamp() == found.observation.reported_at.timestamp() == NOON + 3


def test_a_chat_is_read_message_by_message_in_both_directions(replayed: Replayed) -> None:
    talk = chat().up(frame(b"good morning", masked=True)).down(frame(b"hello", masked=False))
    talk.up(frame(WORDS.encode(), masked=True)).down(frame(b"they said: " + WORDS.encode() + b" at all", masked=False))
    outcome = replayed(talk.bye().packets)
    assert [(d.observation.direction, d.observation.text) for d in outcome.detections] == [("written", WORDS)]
    assert asked(outcome) == [("GET", "http://news.test/chat", 101)]
    assert (outcome.ledger.bodies, dict(outcome.unread)) == ([], {})


def test_a_message_that_comes_with_the_answer_that_opens_the_chat_is_read(replayed: Replayed) -> None:
    talk = Talk().hello().up(OPEN).down(OPENED + b"\r\n" + frame(WORDS.encode(), masked=False)).bye()
    assert len(replayed(talk.packets).detections) == 1


@pytest.mark.parametrize("cut", [1, 5, 9])
def test_a_message_in_several_packets_and_frames_is_one(replayed: Replayed, cut: int) -> None:
    said = WORDS.encode()
    frames = frame(said[:cut], masked=True, first=0x01) + frame(said[cut:], masked=True, first=0x80)
    talk = chat()
    talk.mss = 4
    assert [d.observation.text for d in replayed(talk.up(frames).bye().packets).detections] == [WORDS]


def test_compressed_messages_are_read(replayed: Replayed) -> None:
    packer = zlib.compressobj(wbits=-15)
    talk = Talk().hello().up(OPEN).down(OPENED + b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
    for text in (b"good morning", WORDS.encode()):
        packed = (packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
        talk.up(frame(packed, masked=True, first=0xC1))
    assert [d.observation.text for d in replayed(talk.bye().packets).detections] == [WORDS]


def test_a_hole_ends_that_side_of_a_chat(replayed: Replayed) -> None:
    talk = chat().up(frame(WORDS.encode(), masked=True))
    talk.up(frame(b"lost", masked=True))
    del talk.packets[-2]
    outcome = replayed(talk.up(frame(b"more", masked=True)).bye().packets)
    assert len(outcome.detections) == 1
    assert outcome.unread[("requests", "parts of them are missing")] == 1


def test_a_message_that_is_no_text_is_counted(replayed: Replayed) -> None:
    outcome = replayed(chat().up(frame(b"\x00\x01", masked=True, first=0x82)).bye().packets)
    assert outcome.unread == {("messages", "binary"): 1}
