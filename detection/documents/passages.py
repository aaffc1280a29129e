"""A document's text as passages of a size that others need not wait long for."""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.observation import Channel
from detection.storable import storable

LONGEST = 100_000
"""Characters; few documents are longer."""
_LOOK_BACK = 5_000
"""Characters in which the end of a line, or else of a word, is looked for."""


def passages(text: str, app: str = "") -> Iterator[Passage]:
    at = 0
    while at < len(text):
        end = _end(text, at)
        if piece := storable(text[at:end]).strip():
            yield Passage(channel=Channel.DOCUMENT, text=piece, app=app)
        at = end


def _end(text: str, at: int) -> int:
    end = at + LONGEST
    if end >= len(text):
        return len(text)
    for mark in ("\n", " "):
        if (found := text.rfind(mark, end - _LOOK_BACK, end)) > at:
            return found + 1
    return end
