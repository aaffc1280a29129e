"""Language in a body that packs what JSON would say (MessagePack, CBOR, BSON): the same walk as through JSON."""

from collections.abc import Iterator

from detection.extract import cbor, message_pack
from detection.extract.base import Message, Passage
from detection.extract.json_body import JsonBody, carrier_of, passages_of
from detection.extract.json_documents import Json
from detection.extract.media_types import CBOR, MESSAGE_PACK, is_packed
from detection.extract.text_runs import text_runs


class PackedBody:
    def handles(self, message: Message) -> bool:
        return not message.frame and is_packed(message.media_type)

    def passages(self, message: Message) -> Iterator[Passage]:
        if message.body[:1] in (b"{", b"["):
            yield from JsonBody().passages(message)
            return
        found = [value for value in _values(message) if isinstance(value, dict | list)]
        yield from passages_of(found or text_runs(message.body), carrier_of(message))


def _values(message: Message) -> list[Json]:
    """None of BSON, in which each text ends with a zero byte: its sentences are found as they stand."""
    if message.media_type in MESSAGE_PACK:
        return message_pack.values(message.body)
    is_cbor = message.media_type in CBOR or message.media_type.endswith(("+cbor", "+cbor-seq"))
    return cbor.values(message.body) if is_cbor else []
