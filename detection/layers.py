"""What a trust, a school and a group in it change about the shipped library, and the library that comes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from detection.library import Library, Phrase


@dataclass(frozen=True, slots=True)
class Add:
    phrase: Phrase

    @property
    def phrase_id(self) -> str:
        return self.phrase.id


@dataclass(frozen=True, slots=True)
class Ignore:
    phrase_id: str


@dataclass(frozen=True, slots=True)
class Regrade:
    phrase_id: str
    severity: int


Act = Add | Ignore | Regrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    act: Act
    by: str
    at: datetime
    why: str
    expires: date | None = None
    """The last day on which it counts."""
    second: str = ""
    """Another person who agreed."""
    group: str = ""
    """Whom it is for, such as ``Year 12`` or ``staff``; everybody where empty."""

    def counts(self, today: date) -> bool:
        return self.expires is None or today <= self.expires


Layer = tuple[Change, ...]
"""The changes of one organisation, or for one group in it, the oldest first."""


def apply(library: Library, layers: Sequence[Layer], today: date) -> Library:
    """``layers`` from afar to near: the trust's, the school's, then a group's. About one phrase, the nearest has the
    last word, and of two in one layer the later.

    What speaks of a phrase that there is not says nothing: a newer shipped library may have dropped it.
    """
    known = {phrase.id: phrase for phrase in library.phrases}
    standing = dict(known)
    for change in _counting(layers, today):
        match change.act:
            case Add(phrase):
                known[phrase.id] = standing[phrase.id] = phrase
            case Ignore(phrase_id):
                standing.pop(phrase_id, None)
            case Regrade(phrase_id, severity) if phrase_id in known:
                standing[phrase_id] = replace(known[phrase_id], severity=severity)
    return Library(tuple(standing.values()), library.words)


def definitions(library: Library, layers: Sequence[Layer], today: date) -> dict[str, Phrase]:
    """Every phrase by id as it was written down, whether or not it is ignored, in its first severity."""
    added = (change.act.phrase for change in _counting(layers, today) if isinstance(change.act, Add))
    return {phrase.id: phrase for phrase in (*library.phrases, *added)}


def _counting(layers: Sequence[Layer], today: date) -> Iterator[Change]:
    return (change for layer in layers for change in layer if change.counts(today))
