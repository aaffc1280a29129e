"""The phrase library: what to look for, under which category, and how grave it is."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detection.search import Searches


class Category(StrEnum):
    ABUSE = "abuse"
    BULLYING = "bullying"
    BYPASS = "bypass"
    DISCRIMINATION = "discrimination"
    DISTRESS = "distress"
    DRUGS = "drugs"
    EATING_DISORDER = "eating-disorder"
    EXPLOITATION = "exploitation"
    EXTREMISM = "extremism"
    GAMBLING = "gambling"
    GROOMING = "grooming"
    HACKING = "hacking"
    HARMFUL_SITES = "harmful-sites"
    HONOUR_ABUSE = "honour-abuse"
    ILLEGAL = "illegal"
    MISOGYNY = "misogyny"
    PERSONAL_INFORMATION = "personal-information"
    PORNOGRAPHY = "pornography"
    SELF_HARM = "self-harm"
    SEXUAL_HARASSMENT = "sexual-harassment"
    SUICIDE = "suicide"
    VIOLENCE = "violence"


class Voice(StrEnum):
    """Whom the words of a phrase themselves speak of."""

    UNSAID = ""
    OWN = "own"
    """The writer: first person, in whatever way the language shows it."""
    AIMED = "aimed"
    """At or of a certain person."""


class Stage(StrEnum):
    """How far along: a plan ranks above an idea, an idea above reading about it."""

    UNSAID = ""
    RESEARCH = "research"
    IDEATION = "ideation"
    PLAN = "plan"
    METHOD = "method"
    """How it is done: instruction, which is no less grave for being only read."""
    DISCLOSURE = "disclosure"
    """Tells of what was or is being done to somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    id: str
    """``<lang>.<category>.<name>``"""
    text: str
    """Words, and what ``detection.pattern`` knows beside them."""
    category: Category
    severity: int
    gloss: str
    """What it means, for staff who have never heard it."""
    embedded: bool = False
    """Also match inside a longer word."""
    near: tuple[str, ...] = ()
    """One of these must stand nearby: words, or ``@class`` for a list in the language's ``words.toml``."""
    also: tuple[str, ...] = ()
    """One of these as well."""
    unless: tuple[str, ...] = ()
    """Nearby words that show an innocent meaning."""
    within: int = 12
    """How many words before and after are nearby."""
    voice: Voice = Voice.UNSAID
    stage: Stage = Stage.UNSAID
    channels: tuple[str, ...] = ()
    """Only in these channels or directions (search, message, written, shown …); empty means everywhere."""
    ages: tuple[str, ...] = ()
    """Only for these age bands; empty means all."""
    weight: int = 0
    """Where it is not 0, the phrase counts only if the weights found of its category add up to 100 in one text."""
    hits: tuple[str, ...] = ()
    """Sentences in which it must be found."""
    misses: tuple[str, ...] = ()
    """Sentences in which it must not."""

    @property
    def language(self) -> str:
        return self.id.partition(".")[0]


class LibraryError(ValueError):
    """A library that cannot be used; the message names file, line and reason."""


SHIPPED = Path(__file__).parent / "phrases"


Words = Mapping[str, tuple[str, ...]]
"""Word lists by language and name: ``{"en.weapon": ("knife", ...)}``."""


@dataclass(frozen=True)
class Library:
    phrases: Sequence[Phrase]
    words: Words = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any phrase or word list, and with nothing else."""
        return hashlib.sha256(self.canonical).hexdigest()[:12]

    @property
    def searches(self) -> "Searches | None":
        """What was built of it already, where it comes from the disk (``kept_library``)."""
        return None

    @cached_property
    def languages(self) -> frozenset[str]:
        """Of its phrases."""
        return frozenset(phrase.language for phrase in self.phrases)

    @property
    def canonical(self) -> bytes:
        """As JSON of which the version is the beginning of the SHA-256; ``parse`` takes it once it is loaded."""
        return json.dumps(_content(self), sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()

    def beside(self, other: "Library") -> tuple[Phrase, ...]:
        """Phrases that the other does not have, or not so."""
        if other is self:
            return ()
        known = {phrase.id: phrase for phrase in other.phrases}
        return tuple(phrase for phrase in self.phrases if known.get(phrase.id) != phrase)


def load(folder: Path) -> Library:
    """Read ``<lang>/<category>.toml`` below ``folder``; raise LibraryError at the first thing that is not right."""
    from detection.library_file import read_folder

    return read_folder(folder)


def dump(library: Library) -> dict[str, Any]:
    """What a bundle holds: plain JSON values."""
    return {"version": library.version, **_content(library)}


def parse(table: object) -> Library:
    """What ``dump`` wrote, checked as strictly as a file; raise LibraryError."""
    from detection.library_file import read_rows

    return read_rows(table)


def _content(library: Library) -> dict[str, Any]:
    return {"phrases": _rows(library.phrases), "words": {name: list(words) for name, words in library.words.items()}}


def _rows(phrases: Iterable[Phrase]) -> list[dict[str, Any]]:
    return sorted(map(row_of, phrases), key=lambda row: str(row["id"]))


def row_of(phrase: Phrase) -> dict[str, Any]:
    """As plain JSON values. What a phrase does not say is left out, so that a field added later changes no version."""
    row = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(phrase).items()}
    return {k: v for k, v in row.items() if v != _UNSAID.get(k, ...)}


def phrase_of(row: Mapping[str, Any]) -> Phrase:
    """What ``row_of`` was given; ``row`` holds nothing that has not been checked."""
    values: dict[str, Any] = {
        k: _KINDS[k](v) if k in _KINDS else tuple(v) if isinstance(v, list) else v for k, v in row.items()
    }
    return Phrase(**values)


_KINDS: Mapping[str, Callable[[Any], Any]] = {"category": Category, "voice": Voice, "stage": Stage}


_UNSAID = {f.name: [] if f.default == () else f.default for f in fields(Phrase) if f.default is not MISSING}
