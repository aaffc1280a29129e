"""A long text in pieces that others need not wait long for, cut where a line or at least a word ends."""

from collections.abc import Iterator

from detection.storable import storable

LONGEST = 100_000
"""Characters; few documents are longer."""
_LOOK_BACK = 5_000
"""Characters in which the end of a line, or else of a word, is looked for."""


def in_pieces(text: str) -> Iterator[str]:
    """Without those that hold nothing."""
    at = 0
    while at < len(text):
        end = _end(text, at)
        if piece := storable(text[at:end]).strip():
            yield piece
        at = end


def _end(text: str, at: int) -> int:
    end = at + LONGEST
    if end >= len(text):
        return len(text)
    for mark in ("\n", " "):
        if (found := text.rfind(mark, end - _LOOK_BACK, end)) > at:
            return found + 1
    return end
