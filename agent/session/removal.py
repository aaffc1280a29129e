"""One go of deleting: what it took out, and whether that was a correction or something said and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.session.sentences import GAP, words_within

_AT_ONCE = 0.3
"""Seconds: what is put in so soon after something was taken out of the same place replaces it."""


@dataclass(slots=True)
class Removal:
    before: str
    """The text as it was when the deleting began."""
    places: Sequence[int]
    own: bytes
    """For each character, whether the person put it there."""
    low: int
    high: int
    """What has been taken out of it so far."""
    at: float
    """When it was last gone on with."""

    def goes_on(self, start: int, end: int, at: float) -> bool:
        """Takes more out of the same place; False where it is another place. In characters of what is left."""
        if not start <= self.low <= end:
            return False
        self.high += end - self.low
        self.low, self.at = start, at
        return True

    @property
    def took_all(self) -> bool:
        return not (self.before[: self.low] + self.before[self.high :]).strip(GAP + "\n ")

    def takes_back(self) -> bool:
        """Whether whole words of the person's own went. A slip of the finger inside a word is corrected."""
        return words_within(self._own_text(), self.low, self.high) > 0

    def is_replaced(self, start: int, text: str, at: float) -> bool:
        """Whether ``text`` stands for it: a spelling corrected, or letters that an input method turns into others."""
        return (
            start == self.low
            and at - self.at <= _AT_ONCE
            and len(self.before[self.low : self.high].split()) < 2
            and (len(text) > 1 or not text.isascii())
        )

    def _own_text(self) -> str:
        return "".join(c if own else GAP for c, own in zip(self.before, self.own, strict=True))
