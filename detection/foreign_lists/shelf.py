"""Where phrases find their place: a library says what it looks for once in a category."""

from dataclasses import dataclass, replace

from detection.foreign_lists.entry import Refused
from detection.library import Category, Phrase
from detection.normalise import key


@dataclass(frozen=True, slots=True)
class Put:
    phrase: Phrase
    """The one of several ways to say it that was taken."""
    joined: bool
    """With a phrase that was there already."""


class Shelf:
    def __init__(self) -> None:
        self._phrases: dict[tuple[Category, str], Phrase] = {}

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(self._phrases.values())

    def put(self, ways: tuple[Phrase, ...]) -> Put:
        """Said already, else the first way that is free, else joined with one that is not; Refused if none will do."""
        for phrase in ways:
            held = self._held(phrase)
            if held and covers(held, phrase) and (held.near or not held.weight):  # weights add up: no two are one
                return Put(phrase, joined=True)
        for phrase in ways:
            if not self._held(phrase):
                self._phrases[_slot(phrase)] = phrase
                return Put(phrase, joined=False)
        for phrase in ways:
            held = self._held(phrase)
            if held and (covers(held, phrase) or alike(held, phrase)):
                self._phrases[_slot(phrase)] = held if covers(held, phrase) else join(held, phrase)
                return Put(phrase, joined=True)
        raise Refused("is in its category already, on other conditions")

    def _held(self, phrase: Phrase) -> Phrase | None:
        return self._phrases.get(_slot(phrase))


def covers(one: Phrase, other: Phrase) -> bool:
    """Whether wherever ``other`` is found, ``one`` is found too, and counts as much."""
    return (
        _no_narrower(one.near, other.near)
        and _no_narrower(one.also, other.also)
        and _no_narrower(one.channels, other.channels)
        and one.severity >= other.severity
        and _weight(one) >= _weight(other)
        and _reach(one) >= _reach(other)
    )


def alike(one: Phrase, other: Phrase) -> bool:
    """Whether what they need beside them can be said of both at once."""
    if one.near and other.near and not (one.also or other.also):
        return one.weight == other.weight
    return (one.near, one.also) == (other.near, other.also)


def join(one: Phrase, other: Phrase) -> Phrase:
    """Found wherever either is, and as grave as the graver."""
    wider = max(one, other, key=_reach)
    return replace(
        one,
        text=wider.text,
        embedded=wider.embedded,
        severity=max(one.severity, other.severity),
        weight=max(one, other, key=_weight).weight,
        near=_either(one.near, other.near),
        channels=_either(one.channels, other.channels),
    )


def _slot(phrase: Phrase) -> tuple[Category, str]:
    return phrase.category, key(phrase.text)


def _weight(phrase: Phrase) -> int:
    """Without one it counts by itself, as with 100."""
    return phrase.weight or 100


def _reach(phrase: Phrase) -> int:
    """Whole words, then any ending, then anywhere in a word."""
    return 2 if phrase.embedded else 1 if phrase.text.endswith("*") else 0


def _no_narrower(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Empty sets no condition."""
    return not one or (bool(other) and set(other) <= set(one))


def _either(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other))) if one and other else ()
