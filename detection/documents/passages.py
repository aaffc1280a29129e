"""A document's text as passages of a size that others need not wait long for."""

from collections.abc import Iterator

from detection.documents.long_text import in_pieces
from detection.extract.base import Passage
from detection.observation import Channel


def passages(text: str, app: str = "") -> Iterator[Passage]:
    for piece in in_pieces(text):
        yield Passage(channel=Channel.DOCUMENT, text=piece, app=app)
