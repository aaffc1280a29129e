"""Words in context: a text cut to what surrounds its matches, with the matches marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detection.marked_text import Piece, Range, Stretch, merged, stretch

AROUND = 300
NEAR = 120
"""Beside a picture, which shows the rest."""
LONGEST_WORD = 20
FEW = 40
"""Characters not worth leaving out."""
MOST = 20_000
"""Longer texts are never drawn whole."""


def passages(text: str, matches: Iterable[Mapping[str, Any]], around: int = AROUND) -> tuple[Stretch, ...]:
    """The stretches of ``text`` within ``around`` characters of a match, in the order of the text."""
    marks = merged(_range(m, len(text)) for m in matches)
    if not marks:
        return (Stretch((Piece(text[: 2 * around]),), False, len(text) > 2 * around),)
    windows = merged((_from(text, start - around), _until(text, end + around)) for start, end in marks)
    return tuple(stretch(text, window, marks) for window in windows)


def at_length(text: str, matches: Sequence[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """All of a text, or, where it is very long, far more of it round the matches."""
    return (whole(text, matches),) if len(text) <= MOST else passages(text, matches, around=AROUND * 5)


def whole(text: str, matches: Iterable[Mapping[str, Any]]) -> Stretch:
    marks = merged(_range(m, len(text)) for m in matches)
    return stretch(text, (0, len(text)), marks)


def _from(text: str, at: int) -> int:
    """The beginning of the next word, if one is near: half a word says nothing."""
    if at <= FEW:
        return 0
    space = re.search(r"\s", text[at - 1 : at + LONGEST_WORD])
    return at + space.start() if space else at


def _until(text: str, at: int) -> int:
    if at >= len(text) - FEW:
        return len(text)
    space = re.search(r"\s", text[at - LONGEST_WORD : at + 1][::-1])
    return at - space.start() if space else at


def _range(match: Mapping[str, Any], length: int) -> Range:
    start, end = int(match.get("start", 0)), int(match.get("end", 0))
    return max(0, min(start, length)), max(0, min(end, length))
