"""Find every library phrase in a text in one pass (Aho-Corasick)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import ahocorasick

from detection.disguise import bare, is_disguised, undisguise
from detection.library import Library, Phrase
from detection.normalise import key, normalise
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


_Span = Callable[[int, int], tuple[int, int]]
_Hit = tuple[int, int, Phrase]


class Matcher:
    def __init__(self, library: Library) -> None:
        plain: dict[str, list[_Sought]] = {}
        undisguised: dict[str, list[_Sought]] = {}
        for phrase in library.phrases:
            near, unless = _words(phrase.near), _words(phrase.unless)
            for spelling in _keys(phrase):
                plain.setdefault(spelling, []).append(_Sought(phrase, near, unless))
            for spelling in () if phrase.embedded else _bare(_keys(phrase)):
                undisguised.setdefault(spelling, []).append(_Sought(phrase, _bare(near), _bare(unless)))
        self._plain, self._undisguised = _automaton(plain), _automaton(undisguised)

    def find(self, text: str) -> list[Match]:
        """In the order of the text; of two matches of one category, one inside the other, only the longer."""
        folded = normalise(text)
        hits = _hits(self._plain, folded.text, folded.span)
        if hidden := undisguise(text):
            seen_through = _hits(self._undisguised, hidden.text, hidden.span)
            hits += [hit for hit in seen_through if is_disguised(text[hit[0] : hit[1]])]
        return [Match(phrase, start, end, text[start:end]) for start, end, phrase in _outermost(hits)]


def _hits(automaton: Any, text: str, span: _Span) -> list[_Hit]:
    """Ranges of the original, each phrase a few times at most."""
    kept: Counter[str] = Counter()
    hits: list[_Hit] = []
    for first, end, sought in _candidates(automaton, text):
        if kept[sought.phrase.id] < MOST_OF_ONE and sought.belongs(_around(text, first, end)):
            kept[sought.phrase.id] += 1
            hits.append((*span(first, end), sought.phrase))
    return hits


def _candidates(automaton: Any, text: str) -> Iterator[tuple[int, int, _Sought]]:
    """Ranges of the folded text, without the spaces around them."""
    if len(automaton):
        for last, (size, entries) in automaton.iter(text):
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


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(bare, words)))


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


def _outermost(hits: list[_Hit]) -> list[_Hit]:
    """Two that merely overlap both stay: the shorter may be the graver."""
    kept: list[_Hit] = []
    reach: dict[str, int] = {}
    for start, end, phrase in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if end > reach.get(phrase.category, -1):
            kept.append((start, end, phrase))
            reach[phrase.category] = end
    return kept
