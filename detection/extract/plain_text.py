"""Text that is nothing more particular."""

from collections.abc import Iterator

from detection.byte_order import is_marked_wide
from detection.documents.kind import begins_like_a_document
from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.charset_guess import wide
from detection.extract.language import is_short_message
from detection.extract.media_types import reads
from detection.observation import Channel, Direction

_LOOK_AT = 1024


class PlainText:
    def handles(self, message: Message) -> bool:
        named = message.media_type != ""
        return reads(message.media_type) and not _is_binary(message.body) and (named or not _is_document(message.body))

    def passages(self, message: Message) -> Iterator[Passage]:
        text = decode(message).strip()
        if is_short_message(text):
            yield Passage(channel=Channel.PAGE if message.direction is Direction.SHOWN else Channel.POST, text=text)


def _is_document(body: bytes) -> bool:
    """Read elsewhere, as what it is."""
    return begins_like_a_document(body[:_LOOK_AT])


def _is_binary(body: bytes) -> bool:
    """UTF-16 and UTF-32 are full of zero bytes too."""
    return b"\0" in body[:_LOOK_AT] and not is_marked_wide(body) and not wide(body)
