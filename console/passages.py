"""Words in context: a text cut to what surrounds its matches, with the matches marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AROUND = 300
MOST = 20_000
"""Longer texts are never drawn whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of the text; ``cut`` says whether something was left out before or after."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


Range = tuple[int, int]


def passages(text: str, matches: Iterable[Mapping[str, Any]], around: int = AROUND) -> tuple[Passage, ...]:
    """The stretches of ``text`` within ``around`` characters of a match, in the order of the text."""
    marks = _merged(_range(m, len(text)) for m in matches)
    if not marks:
        return (Passage((Piece(text[: 2 * around]),), False, len(text) > 2 * around),)
    windows = _merged((max(0, start - around), min(len(text), end + around)) for start, end in marks)
    return tuple(
        Passage(tuple(_pieces(text, window, marks)), window[0] > 0, window[1] < len(text)) for window in windows
    )


def at_length(text: str, matches: Sequence[Mapping[str, Any]]) -> tuple[Passage, ...]:
    """All of a text, or, where it is very long, far more of it round the matches."""
    return (whole(text, matches),) if len(text) <= MOST else passages(text, matches, around=AROUND * 5)


def whole(text: str, matches: Iterable[Mapping[str, Any]]) -> Passage:
    marks = _merged(_range(m, len(text)) for m in matches)
    return Passage(tuple(_pieces(text, (0, len(text)), marks)), False, False)


def _range(match: Mapping[str, Any], length: int) -> Range:
    start, end = int(match.get("start", 0)), int(match.get("end", 0))
    return max(0, min(start, length)), max(0, min(end, length))


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Overlapping and touching ranges as one; empty ones dropped."""
    merged: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, window: Range, marks: list[Range]) -> Iterable[Piece]:
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
