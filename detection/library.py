"""The phrase library: what to look for, under which category, and how grave it is."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any


class Category(StrEnum):
    ABUSE = "abuse"
    BULLYING = "bullying"
    BYPASS = "bypass"
    DISCRIMINATION = "discrimination"
    DISTRESS = "distress"
    DRUGS = "drugs"
    EATING_DISORDER = "eating-disorder"
    EXTREMISM = "extremism"
    GAMBLING = "gambling"
    GROOMING = "grooming"
    ILLEGAL = "illegal"
    PERSONAL_INFORMATION = "personal-information"
    PORNOGRAPHY = "pornography"
    SELF_HARM = "self-harm"
    SUICIDE = "suicide"
    VIOLENCE = "violence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    id: str
    """``<lang>.<category>.<name>``"""
    text: str
    category: Category
    severity: int
    gloss: str
    """What it means, for staff who have never heard it."""
    embedded: bool = False
    """Also match inside a longer word."""
    near: tuple[str, ...] = ()
    """One of these words must stand nearby."""
    unless: tuple[str, ...] = ()
    """Nearby words that show an innocent meaning."""
    ages: tuple[str, ...] = ()
    """Only for these age bands; empty means all."""
    hits: tuple[str, ...] = ()
    """Sentences in which it must be found."""
    misses: tuple[str, ...] = ()
    """Sentences in which it must not."""


class LibraryError(ValueError):
    """A library that cannot be used; the message names file, line and reason."""


SHIPPED = Path(__file__).parent / "phrases"


@dataclass(frozen=True)
class Library:
    phrases: tuple[Phrase, ...]

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any phrase, and with nothing else."""
        content = json.dumps(_rows(self.phrases), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def load(folder: Path) -> Library:
    """Read ``<lang>/<category>.toml`` below ``folder``; raise LibraryError at the first thing that is not right."""
    from detection.library_file import read_folder

    return Library(read_folder(folder))


def dump(library: Library) -> dict[str, Any]:
    """What ``GET /library`` answers: plain JSON values."""
    return {"version": library.version, "phrases": _rows(library.phrases)}


def parse(table: object) -> Library:
    """What ``dump`` wrote, checked as strictly as a file; raise LibraryError."""
    from detection.library_file import read_rows

    return Library(read_rows(table))


def _rows(phrases: Iterable[Phrase]) -> list[dict[str, Any]]:
    rows = [{k: list(v) if isinstance(v, tuple) else v for k, v in asdict(phrase).items()} for phrase in phrases]
    return sorted(rows, key=lambda row: str(row["id"]))
