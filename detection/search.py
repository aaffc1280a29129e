"""Search a folded text for phrases: word by word, and letter by letter for those that may stand inside a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from detection.beginnings import SMALL, SWIFT, Beginnings, Room
from detection.disguise import bare
from detection.library import Library, Phrase
from detection.normalise import key
from detection.pattern import ways
from detection.sought import Lists, Sought
from detection.vocabulary import SIZE, Known
from detection.word_tables import Fold, Meanings, WordTables, built

MOST_DISGUISED = 60
"""Ways of a phrase that are looked for in disguise as well: to build another graph takes time again."""

Found = tuple[int, int, Sought]
"""A half-open range, of words or of letters."""


class WordSearch:
    def __init__(
        self, library: Library, tables: WordTables | None = None, *, fold: Fold = str, room: Room = SWIFT
    ) -> None:
        """``tables``: where they are built already. ``fold``: as for these."""
        tables = tables or built(library, fold)
        self._known = Known(tables.codes, tables.stems)
        self._beginnings = Beginnings(tables.graph, room)
        self._sought = _ByNumber(tables.meanings, library.phrases, Lists(library.words, lambda word: fold(key(word))))

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Ranges of ``words``: in the order of their ends, the longest first."""
        for end, first, number in self._beginnings.find(self._known.read(words)):
            for sought in self._sought[number]:
                yield first // SIZE, end // SIZE, sought


class _ByNumber(dict[int, tuple[Sought, ...]]):
    """What the numbers of a graph's ends stand for, made when it is first met: most of it never is."""

    def __init__(self, meanings: Meanings, phrases: Sequence[Phrase], lists: Lists) -> None:
        super().__init__()
        self._meanings, self._phrases, self._lists = meanings, phrases, lists

    def __missing__(self, number: int) -> tuple[Sought, ...]:
        phrases = (self._phrases[place] for place in self._meanings[number])
        found = self[number] = tuple(map(self._lists.sought, phrases))
        return found


class LetterSearch:
    """For phrases that are also found inside longer words."""

    def __init__(self, library: Library) -> None:
        lists, by_way = Lists(library.words, key), dict[str, tuple[Sought, ...]]()
        for phrase in library.phrases:
            for way in dict.fromkeys(ways(phrase.text)) if phrase.embedded else ():
                by_way[way] = (*by_way.get(way, ()), lists.sought(phrase))
        self._automaton = ahocorasick.Automaton()
        for way, found in by_way.items():
            self._automaton.add_word(way, (len(way), found))
        self._automaton.make_automaton()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._automaton)

    def find(self, text: str) -> Iterator[Found]:
        """Ranges of ``text``."""
        if self:
            for last, (size, found) in self._automaton.iter(text):
                for sought in found:
                    yield last + 1 - size, last + 1, sought


@dataclass(frozen=True, slots=True)
class SearchTables:
    """What is kept of a library's searches."""

    plain: WordTables
    undisguised: WordTables


def tables_of(library: Library) -> SearchTables:
    return SearchTables(built(library), built(library, bare, MOST_DISGUISED))


class Searches:
    """All ways to search for a library's phrases."""

    __slots__ = ("inside", "plain", "undisguised")

    def __init__(
        self, library: Library, embedded: Library | None = None, tables: SearchTables | None = None, room: Room = SWIFT
    ) -> None:
        """``tables``: where they are built already, and ``embedded``, what is searched letter by letter."""
        tables = tables or tables_of(library)
        self.plain = WordSearch(library, tables.plain, room=room)
        self.undisguised = WordSearch(library, tables.undisguised, fold=bare, room=SMALL)
        self.inside = LetterSearch(embedded or library)
