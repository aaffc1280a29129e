"""What a line of another product's list says, whatever the product."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from detection.library import Category


class Company(StrEnum):
    """What else must be said for a phrase to count."""

    NONE = ""
    SAME_GROUP = "same-group"
    """Another phrase of the same group."""
    ANY_GROUP = "any-group"
    """Another phrase of any group."""


class Refused(ValueError):
    """A line that is left out: the reason, the same for all its like, and what is particular to this one."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    place: Place
    refusal: Refused

    def __str__(self) -> str:
        return f"{self.place}: {self.refusal}; left out"


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand together, as they were written in the list."""

    words: str
    embedded: bool = False
    """Also inside a longer word."""
    open: bool = False
    """Also where the last word goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    place: Place
    parts: tuple[Part, ...]
    """All of them must be there."""
    category: Category
    severity: int
    weight: int = 0
    """As a phrase's: 0 counts by itself, else 100 in one text are needed."""
    channels: tuple[str, ...] = ()
    group: str = ""
    company: Company = Company.NONE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What holds for lines that do not say it themselves."""

    category: Category | None = None
    severity: int = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read: every row of it is in one of the three."""

    entries: tuple[Entry, ...] = ()
    exceptions: tuple[str, ...] = ()
    """Words that make the list's other phrases innocent."""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.entries) + len(self.exceptions) + len(self.left_out)
