"""What was read of a document, and a place to gather it that never grows beyond its limits."""

from dataclasses import dataclass
from enum import StrEnum

MOST_TEXT = 2_000_000
"""Characters of one document."""
MOST_UNPACKED = 32 << 20
"""Bytes unpacked for one document, with all that lies within it."""


class Shortfall(StrEnum):
    """Why a document was not read, or not all of it."""

    ENCRYPTED = "encrypted"
    """It needs a password."""
    UNKNOWN = "unknown"
    """A kind that is not read."""
    BROKEN = "broken"
    LARGE = "large"
    """More text, more entries or more memory than is given to one document."""
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    """The process that read it came to an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    text: str = ""
    """As far as it was read."""
    shortfall: Shortfall | None = None


class Enough(Exception):
    """A limit is reached; what was gathered so far stands."""


class Gathering:
    """Text in the order in which it is found. Its last line is open until something breaks it."""

    def __init__(self, *, most_text: int = MOST_TEXT, most_unpacked: int = MOST_UNPACKED) -> None:
        self._room, self._unpacked = most_text, most_unpacked
        self._pieces: list[str] = []
        self._at_line_start = True
        self._shortfall: Shortfall | None = None

    def say(self, text: str) -> None:
        """On the open line. Raises Enough once there is no more room."""
        if not text:
            return
        kept = text[: self._room]
        self._pieces.append(kept)
        self._room -= len(kept)
        self._at_line_start = text.endswith("\n")
        if self._room <= 0:
            self.fall_short(Shortfall.LARGE)
            raise Enough

    def break_line(self) -> None:
        if not self._at_line_start:
            self.say("\n")

    def line(self, text: str) -> None:
        """On a line of its own."""
        if text := text.strip():
            self.break_line()
            self.say(text)
            self.break_line()

    def unpacked(self, size: int) -> None:
        """Note that so many bytes were unpacked. Raises Enough once that is too much."""
        self._unpacked -= size
        if self._unpacked < 0:
            self.fall_short(Shortfall.LARGE)
            raise Enough

    def fall_short(self, why: Shortfall) -> None:
        """The first reason is kept: others follow from it."""
        self._shortfall = self._shortfall or why

    @property
    def contents(self) -> Contents:
        return Contents(text="".join(self._pieces).strip(), shortfall=self._shortfall)
