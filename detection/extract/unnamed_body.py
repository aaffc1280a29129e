"""A body whose type says nothing but that it is bytes: read as what it is from end to end, else not at all."""

import zlib
from collections.abc import Iterator
from dataclasses import replace

from detection.extract import cbor, grpc_frames, message_pack, protobuf
from detection.extract.base import Message, Passage
from detection.extract.json_body import JsonBody, carrier_of, passages_of
from detection.extract.json_documents import Json
from detection.extract.language import is_language
from detection.extract.media_types import BYTES, MOST_BYTES
from detection.extract.text_runs import text_of

_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_UNPACKED = 1 << 20


class UnnamedBody:
    def handles(self, message: Message) -> bool:
        return not message.frame and message.media_type in BYTES

    def passages(self, message: Message) -> Iterator[Passage]:
        body = message.body if len(message.body) <= MOST_BYTES else b""
        if body.startswith(_PACKED):
            body = _unpacked(body)
        text = text_of(body) or ""
        if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            yield from JsonBody().passages(replace(message, media_type="application/json", body=body))
        elif text:
            carrier = carrier_of(message)
            if is_language(text):
                yield Passage(channel=carrier.plain, text=text.strip(), conversation=carrier.conversation)
        else:
            yield from passages_of(_values(body), carrier_of(message))


def _values(body: bytes) -> list[Json]:
    packed = message_pack.whole(body)
    if packed is None:
        packed = cbor.whole(body)
    if packed is not None:
        return packed
    if body[:1] in (b"\0", b"\1") and grpc_frames.whole(body) == len(body):
        return [protobuf.texts(one) for one in grpc_frames.messages(body)]
    return protobuf.texts(body) or []


def _unpacked(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, _UNPACKED)
    except zlib.error:
        return b""
