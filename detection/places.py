"""Where the n-th of something stands in a text: chunk by chunk, since most texts are never asked."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

CHUNK = 512


class Places:
    def __init__(self, text: str, measured: Callable[[str], int]) -> None:
        """``measured``: how many there are in a part of the text."""
        self._text, self._measured = text, measured
        parts = (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
        self._totals = list(accumulate(map(measured, parts), initial=0))

    def of(self, number: int) -> int:
        """The place of the character that the one with this number is part of, counted from 0."""
        start = (bisect_right(self._totals, number) - 1) * CHUNK
        part, rest = self._text[start : start + CHUNK], number - self._totals[start // CHUNK]
        return start + bisect_right(range(len(part)), rest, key=lambda size: self._measured(part[:size])) - 1
