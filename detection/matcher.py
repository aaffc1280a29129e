"""Find every library phrase in a text in one pass (Aho-Corasick)."""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

import ahocorasick

from detection.disguise import bare, is_disguised, undisguise
from detection.library import Library, Phrase, Words
from detection.normalise import key, normalise
from detection.pattern import fold, is_open, ways
from detection.shorthand import spellings
from detection.word_lists import resolved

MOST_SPELLINGS = 600
"""Of one phrase in all its ways: short forms (u, gonna) are added to each as long as there is room."""
MOST_DISGUISED = 30
"""Of those, how many are looked for in disguise as well: a second automaton takes memory again."""
MOST_OF_ONE = 5
"""Matches of one phrase kept in one text: a page that repeats it ten thousand times says no more."""
MOST_APART = 100
"""Phrases that are looked for apart from the large automatons: to build those anew stops everything for a second."""


@dataclass(frozen=True, slots=True)
class Match:
    phrase: Phrase
    start: int
    end: int
    """Half-open range in the original text, in code points."""
    written: str
    """The matched text as it stood, before normalising."""


class _Nearby:
    """Folded words, one of which is looked for beside a match: single ones all at once."""

    __slots__ = ("runs", "singles")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.singles = frozenset(word for word in words if " " not in word)
        self.runs = tuple(f" {word} " for word in words if " " in word)

    def __bool__(self) -> bool:
        return bool(self.singles or self.runs)

    def found(self, surroundings: str) -> bool:
        return not self.singles.isdisjoint(surroundings.split()) or any(run in surroundings for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A phrase with everything about it folded."""

    phrase: Phrase
    open: bool
    """Whether its last word may go on."""
    near: _Nearby
    also: _Nearby
    unless: _Nearby

    def belongs(self, text: str, first: int, end: int) -> bool:
        if not (self.near or self.also or self.unless):
            return True
        surroundings = _around(text, first, end, self.phrase.within)
        return (
            not self.unless.found(surroundings)
            and (not self.near or self.near.found(surroundings))
            and (not self.also or self.also.found(surroundings))
        )


_Span = Callable[[int, int], tuple[int, int]]
_Fold = Callable[[str], str]
_Hit = tuple[int, int, Phrase]


class Matcher:
    def __init__(self, library: Library) -> None:
        self._first = library
        self._parts: tuple[_Part, ...] = (_Part(library),)

    def adapted(self, library: Library) -> "Matcher":
        """One for ``library``, made in a moment where it differs from the first in a few phrases only."""
        first, wanted = ({phrase.id: phrase for phrase in each.phrases} for each in (self._first, library))
        other = tuple(phrase for id_, phrase in wanted.items() if first.get(id_) != phrase)
        if library.words != self._first.words or len(other) > MOST_APART:
            return Matcher(library)
        made = Matcher.__new__(Matcher)
        made._first = self._first
        gone = frozenset(id_ for id_, phrase in first.items() if wanted.get(id_) != phrase)
        made._parts = (self._parts[0].without(gone), *([_Part(Library(other, library.words))] if other else []))
        return made

    def find(self, text: str) -> list[Match]:
        """In the order of the text; of two matches of one category, one inside the other, only the longer."""
        folded = normalise(text)
        hits = [hit for part in self._parts for hit in _hits(part.plain, folded.text, folded.span, part.gone)]
        if hidden := undisguise(text):
            for part in self._parts:
                seen_through = _hits(part.undisguised, hidden.text, hidden.span, part.gone)
                hits += [hit for hit in seen_through if is_disguised(text[hit[0] : hit[1]])]
        return [Match(phrase, start, end, text[start:end]) for start, end, phrase in _outermost(hits)]


class _Part:
    """The automatons of some phrases, of which those that are ``gone`` count no longer."""

    def __init__(self, library: Library) -> None:
        plain: dict[str, list[_Sought]] = {}
        undisguised: dict[str, list[_Sought]] = {}
        folding, seeing_through = _Lists(library.words, key), _Lists(library.words, lambda word: bare(key(word)))
        for phrase in library.phrases:
            sought, keys = folding.sought(phrase), _keys(phrase)
            for spelling in keys:
                plain.setdefault(spelling, []).append(sought)
            if phrase.embedded:
                continue
            sought = seeing_through.sought(phrase)
            for spelling in dict.fromkeys(map(bare, keys[:MOST_DISGUISED])):
                undisguised.setdefault(spelling, []).append(sought)
        self.plain, self.undisguised = _automaton(plain), _automaton(undisguised)
        self.gone: frozenset[str] = frozenset()

    def without(self, gone: frozenset[str]) -> "_Part":
        made = copy(self)
        made.gone = gone
        return made


class _Lists:
    """Word lists, each folded once however many phrases name it."""

    def __init__(self, words: Words, fold: _Fold) -> None:
        self._words, self._fold = words, fold
        self._known: dict[tuple[str, tuple[str, ...]], _Nearby] = {}

    def sought(self, phrase: Phrase) -> _Sought:
        near, also, unless = (self._nearby(phrase, named) for named in (phrase.near, phrase.also, phrase.unless))
        return _Sought(phrase, is_open(phrase.text), near, also, unless)

    def _nearby(self, phrase: Phrase, named: tuple[str, ...]) -> _Nearby:
        if (known := self._known.get((phrase.language, named))) is None:
            known = _Nearby(tuple(dict.fromkeys(map(self._fold, resolved(phrase, named, self._words)))))
            self._known[phrase.language, named] = known
        return known


def _hits(automaton: Any, text: str, span: _Span, gone: frozenset[str]) -> list[_Hit]:
    """Ranges of the original, each phrase a few times at most."""
    kept: Counter[str] = Counter()
    hits: list[_Hit] = []
    for first, end, sought in _candidates(automaton, text):
        id_ = sought.phrase.id
        if id_ not in gone and kept[id_] < MOST_OF_ONE and sought.belongs(text, first, end):
            kept[id_] += 1
            hits.append((*span(first, end), sought.phrase))
    return hits


def _candidates(automaton: Any, text: str) -> Iterator[tuple[int, int, _Sought]]:
    """Ranges of the folded text, without the spaces around them."""
    if not len(automaton):
        return
    for last, (size, entries) in automaton.iter(text):
        for sought in entries:
            first, end = last + 1 - size, last + 1
            if sought.phrase.embedded:
                yield first, end, sought
            elif sought.open:
                yield first + 1, text.find(" ", end), sought
            else:
                yield first + 1, end - 1, sought


def _keys(phrase: Phrase) -> tuple[str, ...]:
    """Whole words are looked for with the spaces around them."""
    folded = ways(phrase.text)
    if phrase.embedded:
        return folded
    if phrase.language == "en":
        room = max(1, MOST_SPELLINGS // len(folded))
        short = (spelling for each in folded for spelling in spellings(each, room))
        folded = tuple(dict.fromkeys(map(fold, short)))
    return tuple(f" {spelling}" if is_open(phrase.text) else f" {spelling} " for spelling in folded)


def _automaton(entries: dict[str, list[_Sought]]) -> Any:
    automaton = ahocorasick.Automaton()
    for spelling, sought in entries.items():
        automaton.add_word(spelling, (len(spelling), tuple(sought)))
    automaton.make_automaton()
    return automaton


def _around(text: str, first: int, end: int, words: int) -> str:
    """The words before and after, without the match itself between them."""
    before = text[max(0, first - words * 16) : first].split()[-words:]
    after = text[end : end + words * 16].split()[:words]
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
