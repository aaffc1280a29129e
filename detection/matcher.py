"""Find every library phrase in a text in one pass (Aho-Corasick)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ahocorasick

from detection.library import Library, Phrase
from detection.normalise import Normalised, key, normalise
from detection.shorthand import spellings

WINDOW = 12
"""Words on either side in which ``near`` and ``unless`` are looked for."""
MOST_OF_ONE = 5
"""Matches of one phrase kept in one text: a page that repeats it ten thousand times says no more."""


@dataclass(frozen=True, slots=True)
class Match:
    phrase: Phrase
    start: int
    end: int
    """Half-open range in the original text, in code points."""
    written: str
    """The matched text as it stood, before normalising."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A phrase with everything about it folded."""

    phrase: Phrase
    near: tuple[str, ...]
    unless: tuple[str, ...]

    def belongs(self, surroundings: str) -> bool:
        if any(word in surroundings for word in self.unless):
            return False
        return not self.near or any(word in surroundings for word in self.near)


class Matcher:
    def __init__(self, library: Library) -> None:
        entries: dict[str, list[_Sought]] = {}
        for phrase in library.phrases:
            sought = _Sought(phrase, _words(phrase.near), _words(phrase.unless))
            for spelling in _keys(phrase):
                entries.setdefault(spelling, []).append(sought)
        self._automaton = _automaton(entries)

    def find(self, text: str) -> list[Match]:
        """In the order of the text; of two matches of one category, one inside the other, only the longer."""
        folded = normalise(text)
        found: list[tuple[int, int, Phrase]] = []
        kept: Counter[str] = Counter()
        for first, end, sought in self._candidates(folded.text):
            enough = kept[sought.phrase.id] >= MOST_OF_ONE
            if not enough and sought.belongs(_around(folded.text, first, end)):
                kept[sought.phrase.id] += 1
                found.append((first, end, sought.phrase))
        return [_match(folded, *hit) for hit in _outermost(found)]

    def _candidates(self, text: str) -> Iterator[tuple[int, int, _Sought]]:
        """The ranges, without the spaces around them, that spell a phrase."""
        for last, (size, entries) in self._automaton.iter(text):
            for sought in entries:
                padding = not sought.phrase.embedded
                yield last + 1 - size + padding, last + 1 - padding, sought


def _keys(phrase: Phrase) -> tuple[str, ...]:
    """Whole words are looked for with the spaces around them."""
    folded = key(phrase.text)
    if phrase.embedded:
        return (folded,)
    return tuple(dict.fromkeys(f" {key(spelling)} " for spelling in spellings(folded)))


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {key(word)} " for word in words)


def _automaton(entries: dict[str, list[_Sought]]) -> Any:
    automaton = ahocorasick.Automaton()
    for spelling, sought in entries.items():
        automaton.add_word(spelling, (len(spelling), tuple(sought)))
    automaton.make_automaton()
    return automaton


def _around(text: str, first: int, end: int) -> str:
    """The words before and after, without the match itself between them."""
    before = text[max(0, first - WINDOW * 16) : first].split()[-WINDOW:]
    after = text[end : end + WINDOW * 16].split()[:WINDOW]
    return f" {' '.join(before)} \n {' '.join(after)} "


def _outermost(found: list[tuple[int, int, Phrase]]) -> list[tuple[int, int, Phrase]]:
    """Two that merely overlap both stay: the shorter may be the graver."""
    kept: list[tuple[int, int, Phrase]] = []
    reach: dict[str, int] = {}
    for first, end, phrase in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if end > reach.get(phrase.category, -1):
            kept.append((first, end, phrase))
            reach[phrase.category] = end
    return kept


def _match(folded: Normalised, first: int, end: int, phrase: Phrase) -> Match:
    start, stop = folded.span(first, end)
    return Match(phrase, start, stop, folded.original[start:stop])
