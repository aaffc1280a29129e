import asyncio
import gzip
import json
import zlib

import pytest
from mitmproxy.websocket import WebSocketData, WebSocketMessage
from wsproto.frame_protocol import Opcode

from detection.observation import Channel, Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.inspect_websocket import InspectWebsocket
from proxy_addons.inspection import Inspection
from proxy_addons.reader import Reader
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow
from tests.proxy_addons.sensor_double import SensorDouble


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def sensor():
    return SensorDouble()


@pytest.fixture
def addon(sensor, watchdog):
    inspection = Inspection(watchdog, seconds=20.0, pending_bytes=1 << 20)
    return InspectWebsocket(Reader(sensor.observe, watchdog), inspection, watchdog, 1000)


@pytest.fixture
def chat():
    made = flow(url="https://chat.test/room")
    made.websocket = WebSocketData()
    return made


def say(addon, chat, content, *, from_client=True, kind=Opcode.TEXT):
    chat.websocket.messages.append(WebSocketMessage(kind, from_client, content))
    asyncio.run(addon.websocket_message(chat))


def test_what_the_pupil_says_is_written_and_what_comes_back_is_shown(addon, chat, sensor):
    say(addon, chat, b"see you at the river")
    say(addon, chat, b"see you there then", from_client=False)
    assert [(s.text, s.direction) for s in sensor.seen] == [
        ("see you at the river", Direction.WRITTEN),
        ("see you there then", Direction.SHOWN),
    ]
    assert {(s.channel, s.app, s.conversation) for s in sensor.seen} == {(Channel.MESSAGE, "chat.test", "chat.test")}


def test_a_flagged_message_comes_with_what_was_said(addon, chat, sensor):
    sensor.flags = "river"
    say(addon, chat, b"see you at the river")
    (evidence,) = sensor.evidence
    assert b"see you at the river" in evidence.bodies.values()
    assert len(json.loads(evidence.index)["log"]["entries"]) == 1


def test_a_chat_that_stays_open_all_day_does_not_fill_memory(addon, chat):
    for _ in range(5):
        say(addon, chat, b"hello")
    assert len(chat.websocket.messages) == 1


def test_what_is_not_text_is_counted(addon, chat, sensor, watchdog):
    say(addon, chat, b"\x00\x01", kind=Opcode.BINARY)
    assert sensor.seen == []
    assert watchdog.report()["unread"] == {"binary": 1}


def test_of_a_very_long_message_the_beginning_is_read(addon, chat, sensor, watchdog):
    say(addon, chat, b"river " * 1000)
    assert sensor.seen
    assert watchdog.report()["unread"] == {"large": 1}


def test_of_a_packed_message_the_beginning_is_read_too_and_the_rest_counted_once(addon, chat, sensor, watchdog):
    say(addon, chat, gzip.compress(b"river " * 1000), kind=Opcode.BINARY)
    assert sensor.texts[0].startswith("river river")
    assert watchdog.report()["unread"] == {"large": 1}


def test_what_a_reader_leaves_of_a_message_is_counted(addon, chat, sensor, watchdog):
    say(addon, chat, b"[" * 300 + b'"see you at the river"' + b"]" * 300)
    assert watchdog.report()["unread"] == {"large": 1}


def test_what_must_not_be_read_is_not(addon, chat, sensor):
    chat.metadata[UNREAD] = True
    say(addon, chat, b"sore throat")
    assert sensor.seen == []


def words(*texts):
    return [json.dumps({"event": "appendText", "messageId": "m1", "text": text}).encode() for text in texts]


@pytest.fixture
def chatbot():
    made = flow(url="https://copilot.microsoft.com/c/api/chat?api-version=2")
    made.websocket = WebSocketData()
    return made


def test_an_answer_that_comes_word_by_word_is_read_whole(addon, chatbot, sensor):
    for word in words("To get", " to the", " other side"):
        say(addon, chatbot, word, from_client=False)
    assert sensor.seen == []
    say(addon, chatbot, b'{"event": "done", "messageId": "m1"}', from_client=False)
    assert [(s.text, s.channel, s.direction, s.app) for s in sensor.seen] == [
        ("To get to the other side", Channel.REPLY, Direction.SHOWN, "Copilot")
    ]


def test_a_question_in_the_middle_of_an_answer_is_read_at_once(addon, chatbot, sensor):
    ask = {"event": "send", "conversationId": "c", "content": [{"type": "text", "text": "and ducks"}]}
    say(addon, chatbot, words("To get")[0], from_client=False)
    say(addon, chatbot, json.dumps(ask).encode())
    assert [(s.text, s.channel) for s in sensor.seen] == [("and ducks", Channel.PROMPT)]


def test_an_answer_that_breaks_off_is_read_when_its_connection_ends(addon, chatbot, sensor):
    sensor.flags = "other"
    for word in words("To get to", " the other"):
        say(addon, chatbot, word, from_client=False)
    asyncio.run(addon.websocket_end(chatbot))
    assert [(s.text, s.direction) for s in sensor.seen] == [("To get to the other", Direction.SHOWN)]
    (evidence,) = sensor.evidence
    assert b" the other" in b"".join(evidence.bodies.values())
    asyncio.run(addon.websocket_end(chatbot))
    assert len(sensor.seen) == 1


def test_a_binary_message_is_read_where_it_has_words(addon, chat, sensor, watchdog):
    say(addon, chat, b"see you at the river", kind=Opcode.BINARY)
    say(addon, chat, b"\x0a\x13see you there\nthen.", kind=Opcode.BINARY)
    say(addon, chat, gzip.compress(b'{"text": "bye then"}'), kind=Opcode.BINARY)
    assert [s.text for s in sensor.seen] == ["see you at the river", "see you there\nthen.", "bye then"]
    assert watchdog.report()["unread"] == {}


def test_each_direction_has_a_stream_of_its_own(addon, chat, sensor):
    up, down = zlib.compressobj(), zlib.compressobj()
    for words in (b'{"text": "see you"}', b'{"text": "see you there"}'):
        for from_client, packer in ((True, up), (False, down)):
            packed = packer.compress(words) + packer.flush(zlib.Z_SYNC_FLUSH)
            say(addon, chat, packed, from_client=from_client, kind=Opcode.BINARY)
    assert [s.text for s in sensor.seen] == ["see you", "see you", "see you there", "see you there"]
    assert {s.direction for s in sensor.seen} == {Direction.WRITTEN, Direction.SHOWN}


def test_evidence_of_a_packed_message_is_what_it_says(addon, chat, sensor):
    sensor.flags = "river"
    say(addon, chat, gzip.compress(b'{"text": "see you at the river"}'), kind=Opcode.BINARY)
    (evidence,) = sensor.evidence
    assert list(evidence.bodies.values()) == [b'{"text": "see you at the river"}']
