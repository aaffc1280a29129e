"""Language in a MessagePack request or response: the same walk as through JSON."""

from collections.abc import Iterator

from detection.extract import message_pack
from detection.extract.base import Message, Passage
from detection.extract.json_body import JsonBody, carrier_of, passages_of
from detection.extract.media_types import MESSAGE_PACK
from detection.extract.text_runs import text_runs


class MessagePackBody:
    def handles(self, message: Message) -> bool:
        return not message.frame and message.media_type in MESSAGE_PACK

    def passages(self, message: Message) -> Iterator[Passage]:
        if message.body[:1] in (b"{", b"["):
            yield from JsonBody().passages(message)
            return
        found = [value for value in message_pack.values(message.body) if isinstance(value, dict | list)]
        yield from passages_of(found or text_runs(message.body), carrier_of(message))
