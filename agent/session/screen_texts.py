"""When the active window is looked at, and what on it has not been said before."""

import re
from collections import OrderedDict
from collections.abc import Iterable

_SOONEST = 2.0
"""Seconds between two looks."""
_SHARE, _LATEST = 100, 15.0
"""A look that takes a tenth of a second is followed by none for ten: a hundredth of the time goes into looking. A slow
machine must not keep it from looking for minutes."""
_SETTLES = 0.6
"""Seconds that a window is given to be drawn."""
MOST = 20_000
"""Lines remembered, as short hashes."""
_BETWEEN = re.compile(r"\n+|(?<=[.!?…。！？])\s+")


class ScreenTexts:
    """Takes a clock that never goes back, in seconds."""

    def __init__(self) -> None:
        self._said: OrderedDict[int, None] = OrderedDict()
        self._due: float | None = None
        self._looked_at = self._not_before = float("-inf")

    def changed(self, now: float, is_other: bool = False) -> None:
        """``is_other``: it is another window or another page, and worth a look sooner."""
        soonest = self._looked_at + _SOONEST if is_other else self._not_before
        due = max(now + _SETTLES, soonest)
        self._due = due if self._due is None else min(self._due, due)

    @property
    def due(self) -> float | None:
        """When to look next; None while nothing has changed."""
        return self._due

    def looked(self, texts: Iterable[str], now: float, took: float) -> str:
        """What is new of ``texts``, a line each; ``took``: seconds that it took to read them."""
        self._due, self._looked_at, self._not_before = None, now, now + min(max(_SOONEST, took * _SHARE), _LATEST)
        return "\n".join(line for text in texts for line in _lines(text) if self._is_new(line))

    def known(self, text: str) -> None:
        """Said on another way: the person wrote it."""
        for line in _lines(text):
            self._is_new(line)

    def forget(self) -> None:
        self._said.clear()
        self._due = None

    def _is_new(self, line: str) -> bool:
        key = hash(line.casefold())
        is_new = key not in self._said
        self._said[key] = None
        self._said.move_to_end(key)
        if len(self._said) > MOST:
            self._said.popitem(last=False)
        return is_new


def _lines(text: str) -> Iterable[str]:
    return (part.strip() for part in _BETWEEN.split(text) if any(letter.isalpha() for letter in part))
