"""Snapchat: the text of chats in the web client. Snaps and pictures are encrypted and are not read.

Source: snapper (0xzer/snapper), ``protos/files``: createContentMessage, contentEnvelope, content (``text``), messages,
queryMessages and deltaSync, for calls of "messagingcoreservice.MessagingCoreService" over gRPC-web at web.snapchat.com.
"""

import uuid
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.limits import leave_out
from detection.extract.protobuf_fields import Value, each, one, text
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_CALLS = r"/messagingcoreservice\.MessagingCoreService/"
_PREFIX = 5
_TRAILERS = 0x80
_MOST_MESSAGES = 1000


def _sent(call: Call) -> Iterator[Passage]:
    for request in _unframed(call.message.body):
        room = next((_identifier(one(destination, 1, 1)) for destination in each(request, 3)), "")
        if said := passage(Channel.MESSAGE, _words(request), conversation=room):
            yield said


def _listed(call: Call) -> Iterator[Passage]:
    for answer in _unframed(call.message.body):
        for message in each(answer, 1):
            yield from _message(message)


def _synchronised(call: Call) -> Iterator[Passage]:
    """One conversation, or several, each within field 1 of a part of the answer."""
    for answer in _unframed(call.message.body):
        for part in (answer, *(one(wrapper, 1) for wrapper in each(answer, 1))):
            for message in each(part, 4):
                yield from _message(message)


def _message(message: Value) -> Iterator[Passage]:
    author, room = _identifier(one(message, 2)), _identifier(one(message, 3, 1, 1))
    if said := passage(Channel.MESSAGE, _words(message), author=author, conversation=room):
        yield said


def _words(message: Value) -> str:
    """Its envelope's contents, of these the text."""
    return text(one(message, 4, 4, 2, 1))


def _identifier(value: Value) -> str:
    number = one(value, 1)
    return str(uuid.UUID(bytes=number)) if isinstance(number, bytes) and len(number) == 16 else ""


def _unframed(body: bytes) -> Iterator[Value]:
    """gRPC-web: a byte of flags and a length before each message; trailers come last."""
    at = 0
    for _ in range(_MOST_MESSAGES):
        if at + _PREFIX > len(body) or body[at] & _TRAILERS:
            return
        end = at + _PREFIX + int.from_bytes(body[at + 1 : at + _PREFIX], "big")
        yield body[at + _PREFIX : end]
        at = end
    leave_out()


SNAPCHAT = Service(
    name="Snapchat",
    hosts=("snapchat.com",),
    known=(
        known(_CALLS + r"CreateContentMessage", _sent, sent=True),
        known(_CALLS + r"QueryMessages", _listed, sent=False),
        known(_CALLS + r"(?:Batch)?DeltaSync", _synchronised, sent=False),
        silent(_CALLS + r"\w+"),
    ),
)
