"""What a binary WebSocket message says, in the formats chats pack their messages in."""

from collections.abc import Iterator
from typing import NamedTuple

from detection.extract import cbor, grpc_frames, message_pack, mqtt, protobuf
from detection.extract.json_documents import Json
from detection.extract.limits import leave_out
from detection.extract.text_runs import text_of, text_runs

_MOST_RECORDS = 500


class Said(NamedTuple):
    value: Json
    """Or a text, as it would come in a text message."""
    conversation: str = ""


def opened(frame: bytes) -> Iterator[Said]:
    """The first format that the bytes are from end to end; failing all, the sentences among them."""
    if (packets := mqtt.published(frame)) is not None:
        for packet in packets:
            yield from (one._replace(conversation=packet.topic) for one in _payload(packet.payload))
    else:
        yield from map(Said, _values(frame))


def _payload(content: bytes) -> Iterator[Said]:
    text = text_of(content)
    yield from [Said(text)] if text is not None else map(Said, _values(content))


def _values(content: bytes) -> list[Json]:
    packed = message_pack.whole(content)
    if packed is None and (records := _records(content)):
        packed = [_invocation(record) for record in records]
    if packed is None:
        packed = cbor.whole(content)
    if packed is not None:
        return list(map(_socket_io, packed))
    if content[:1] in (b"\0", b"\1") and grpc_frames.whole(content) == len(content):
        return [[protobuf.texts(one)] for one in grpc_frames.messages(content)]
    if (inside := protobuf.texts(content)) is not None:
        return [[inside]]  # a list in a list, because texts of one list could be taken for an event and its words
    return [[list(text_runs(content))]]


def _records(frame: bytes) -> list[Json]:
    """SignalR's: MessagePack arrays, each behind its length. Source: "SignalR Hub Protocol", dotnet/aspnetcore."""
    found: list[Json] = []
    at = 0
    while at < len(frame):
        if len(found) >= _MOST_RECORDS:
            leave_out()
            break
        size, start = mqtt.length_at(frame, at)
        record = message_pack.whole(frame[start : start + size]) if 0 < size <= len(frame) - start else None
        if record is None:
            return []
        found += record
        at = start + size
    return found


def _invocation(record: Json) -> Json:
    """``[1, headers, id, target, arguments]``, and of a stream ``[2, headers, id, item]``: the words are behind."""
    return record[4] if isinstance(record, list) and record[:1] == [1] and len(record) > 4 else record


def _socket_io(value: Json) -> Json:
    """socket.io's parser for MessagePack: the event and what it carries stand under ``data``, as in a text message."""
    return value["data"] if isinstance(value, dict) and "nsp" in value and "data" in value else value
