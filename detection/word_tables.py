"""What a search for whole words is made of: nothing but tables, which a disk can keep as they are."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detection.library import Library, Phrase
from detection.pattern import MOST, is_open, ways
from detection.shorthand import sayings
from detection.vocabulary import Vocabulary
from detection.word_graph import NUMBERS, WordGraph, woven

MOST_SAYINGS = 600
"""Of one phrase in all its ways: what else one says for it (how do i, gonna) is added as long as there is room."""
Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the numbers of a word graph's ends stand for: phrases, by their place in the library."""

    starts: Sequence[int]
    places: Sequence[int]

    def __getitem__(self, number: int) -> Sequence[int]:
        return self.places[self.starts[number] : self.starts[number + 1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTables:
    codes: Mapping[str, str]
    """Of every word that a phrase holds, in each of its spellings."""
    stems: Mapping[str, str]
    """Of beginnings that make do with any ending."""
    graph: WordGraph
    meanings: Meanings


def built(library: Library, fold: Fold = str, most: int = MOST) -> WordTables:
    """``fold``: what the words to be searched are folded with beyond ``key``. ``most``: ways of one phrase."""
    whole = [(place, phrase) for place, phrase in enumerate(library.phrases) if not phrase.embedded]
    open_ = {place: _ways(phrase, most) for place, phrase in whole if is_open(phrase.text)}
    vocabulary, coded = Vocabulary({way[-1] for each in open_.values() for way in each}, fold), _Coded()
    for place, phrase in whole:
        if place not in open_:
            coded.add(place, map(vocabulary.learn, _ways(phrase, most)))
    firsts = {place: [(vocabulary.learn(way[:-1]), way[-1]) for way in each] for place, each in open_.items()}
    beginning_with = cache(vocabulary.beginning_with)
    for place, each in firsts.items():
        coded.add(place, (first + last for first, stem in each for last in beginning_with(stem)))
    return WordTables(
        codes=vocabulary.codes,
        stems=vocabulary.stems,
        graph=woven(sorted(coded.numbers.items())),
        meanings=coded.meanings(),
    )


class _Coded:
    """The codes of all ways, and by number what each stands for: one number for all of a phrase, which are many."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._known: dict[tuple[int, ...], int] = {(): 0}
        self._together: list[tuple[int, ...]] = [()]

    def add(self, place: int, codes: Iterable[str]) -> None:
        for code in dict.fromkeys(codes):
            together = (*self._together[self.numbers.get(code, 0)], place)
            number = self.numbers[code] = self._known.setdefault(together, len(self._together))
            if number == len(self._together):
                self._together.append(together)

    def meanings(self) -> Meanings:
        starts, places = array(NUMBERS, [0]), array(NUMBERS)
        for together in self._together:
            places.extend(together)
            starts.append(len(places))
        return Meanings(starts, places)


def _ways(phrase: Phrase, most: int) -> list[list[str]]:
    """Word by word."""
    texts = ways(phrase.text)[:most]
    if phrase.language == "en":
        room = min(most, MOST_SAYINGS) // len(texts)
        texts = tuple(dict.fromkeys(said for text in texts for said in sayings(text, room)))
    return [text.split() for text in texts]
