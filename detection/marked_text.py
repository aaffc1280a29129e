"""Texts with marks in them: which stretches are marked, and the pieces of a window between and in the marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Range = tuple[int, int]
"""Half-open, in characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Of a text; ``cut`` says whether something was left out before or after."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Overlapping and touching ranges as one, in order; empty ones dropped."""
    found: list[Range] = []
    for start, end in sorted(each for each in ranges if each[0] < each[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def pieces(text: str, window: Range, marks: Iterable[Range]) -> Iterator[Piece]:
    """``marks`` are merged, and none goes across an end of the window."""
    at, stop = window
    for start, end in marks:
        if end <= at or start >= stop:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if at < stop:
        yield Piece(text[at:stop])


def stretch(text: str, window: Range, marks: Iterable[Range]) -> Stretch:
    """The same, as one stretch of the text."""
    return Stretch(tuple(pieces(text, window, marks)), window[0] > 0, window[1] < len(text))
