"""Another text that stands behind what was written: decoded, or put together from messages sent one after the other."""

from typing import Protocol


class Reading(Protocol):
    @property
    def text(self) -> str: ...

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """The half-open range of the written text that a range of ``text`` stands for; None where the written text
        says the same by itself or has no part in it."""

    def said(self, start: int, end: int) -> str:
        """For the reviewer, of such a range: how it stands in what was written."""
