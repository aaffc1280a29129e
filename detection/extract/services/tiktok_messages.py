"""TikTok: direct messages, and what others say beside a live stream.

Source: httpjamesm/matrix-tiktok, ``proto/tiktok/im/v1/im.proto`` and ``pkg/libtiktok/messages.go`` (the calls to
im-api….tiktok.com; fields by their numbers). ``/v1/message/send``: 8, 100: 1 the conversation, 4 JSON with ``text``.
``get_by_conversation`` answers with 6, 301, 1, ``get_by_user_init`` with 6, 203, 1: messages, of which 1 is the
conversation, 7 who, 8 JSON with ``text``.
jacobscuzzi/mautrix-tiktok, ``docs/observations/frontier-fields.md`` (im-ws….tiktok.com): of a frame 6 says whether 8,
its payload, is packed; in that 6, 500 are such messages (5) with their conversation (2).
zerodytrash/TikTok-Live-Connector, ``src/proto/tiktokSchema.proto`` (``/webcast/im/…``): in the payload of such a frame
1 are messages, of which 1 is the kind and 2 the content; of a ``WebcastChatMessage`` 2, 3 is who, and 3 what was said.
"""

import zlib
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import documents
from detection.extract.json_path import first
from detection.extract.limits import inflated
from detection.extract.protobuf_fields import Value, each, one, text
from detection.extract.services.base import Known, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_ENCODING, _PAYLOAD = 6, 8
_PACKED = b"gzip"
_MOST = 4 << 20
"""Bytes of an unpacked payload."""
_REQUEST, _ANSWER = 8, 6
_SEND, _PUSHED = 100, 500
_LISTS = (203, 301)
_SAID_LIVE = "WebcastChatMessage"
_SOCKET, _LIVE = r"/ws/v2/?", r"/webcast/im/(?:ws_proxy/\w+|push/v2|fetch)/?"


def _sent(call: Call) -> Iterator[Passage]:
    yield from _of_request(call.message.body)


def _over_socket(call: Call) -> Iterator[Passage]:
    payload = _unpacked(call.message.body)
    if call.sent:
        yield from _of_request(payload)
    for pushed in each(one(payload, _ANSWER), _PUSHED):
        yield from _message(one(pushed, 5), text(one(pushed, 2)))


def _listed(call: Call) -> Iterator[Passage]:
    for kind in _LISTS:
        for message in each(one(call.message.body, _ANSWER, kind), 1):
            yield from _message(message)


def _live(call: Call) -> Iterator[Passage]:
    answer: Value = _unpacked(call.message.body) if call.message.frame else call.message.body
    for message in each(answer, 1):
        if text(one(message, 1)) == _SAID_LIVE:
            content = one(message, 2)
            said = passage(Channel.MESSAGE, text(one(content, 3)), author=text(one(content, 2, 3)),
                           conversation=call.query.get("room_id", ""))  # fmt: skip
            if said:
                yield said


def _of_request(request: Value) -> Iterator[Passage]:
    message = one(request, _REQUEST, _SEND)
    if said := passage(Channel.MESSAGE, _words(one(message, 4)), conversation=text(one(message, 1))):
        yield said


def _message(message: Value, conversation: str = "") -> Iterator[Passage]:
    said = passage(Channel.MESSAGE, _words(one(message, 8)), author=text(one(message, 7)),
                   conversation=text(one(message, 1)) or conversation)  # fmt: skip
    if said:
        yield said


def _words(content: Value) -> str:
    """A video that is shared has none."""
    return next(filter(None, (first(value, "text") for value in documents(text(content)))), "")


def _unpacked(frame: bytes) -> bytes:
    payload = one(frame, _PAYLOAD)
    if not isinstance(payload, bytes) or one(frame, _ENCODING) != _PACKED:
        return payload if isinstance(payload, bytes) else b""
    try:
        return inflated(zlib.decompressobj(wbits=31), payload, _MOST)
    except zlib.error:
        return b""


MESSAGES: tuple[Known, ...] = (
    known(r"/v1/message/send", _sent, sent=True, method="POST"),
    known(r"/v\d/message/get_by_\w+", _listed, sent=False),
    silent(r"/v\d/message/\w+"),
    known(_SOCKET, _over_socket, frame=True),
    silent(_SOCKET, frame=True),
    known(_LIVE, _live, sent=False, frame=True),
    silent(_LIVE, frame=True),
    known(_LIVE, _live, sent=False),
    silent(_LIVE),
)
