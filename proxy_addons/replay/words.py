"""Words in context: a text cut to what surrounds its matches, with the matches marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

AROUND = 300
"""Characters kept before and after a match."""
MOST = 12
"""Stretches of one text."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def stretches(text: str, ranges: Iterable[Range]) -> tuple[Stretch, ...]:
    """In the order of the text. Of one in which nothing is marked, its beginning."""
    marks = _merged((max(0, start), min(end, len(text))) for start, end in ranges)
    windows = _merged((max(0, start - AROUND), min(len(text), end + AROUND)) for start, end in marks)
    windows = windows[:MOST] or [(0, min(len(text), 2 * AROUND))]
    return tuple(
        Stretch(tuple(_pieces(text, window, marks)), window[0] > 0, window[1] < len(text)) for window in windows
    )


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(each for each in ranges if each[0] < each[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, window: Range, marks: Iterable[Range]) -> Iterator[Piece]:
    at, stop = window
    for start, end in marks:
        if at <= start and end <= stop:
            yield from (piece for piece in (Piece(text[at:start]), Piece(text[start:end], True)) if piece.text)
            at = end
    if at < stop:
        yield Piece(text[at:stop])
