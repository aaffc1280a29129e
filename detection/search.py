"""Search a folded text for phrases: word by word, and letter by letter for those that may stand inside a word."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import ahocorasick

from detection.library import Library, Phrase
from detection.normalise import key
from detection.pattern import MOST, is_open, ways
from detection.shorthand import sayings
from detection.sought import Lists, Sought
from detection.vocabulary import SIZE, Vocabulary

MOST_SAYINGS = 600
"""Of one phrase in all its ways: what else one says for it (how do i, gonna) is added as long as there is room."""

Found = tuple[int, int, Sought]
"""A half-open range, of words or of letters."""
_Fold = Callable[[str], str]
_Hung = tuple[int, tuple[Sought, ...]]
"""How long a code is, and whose it is."""
_NOTHING: _Hung = (0, ())


class WordSearch:
    def __init__(self, library: Library, *, fold: _Fold = str, most: int = MOST) -> None:
        """``fold``: what the words to be searched were folded with beyond ``key``. ``most``: ways of one phrase."""
        lists, built = Lists(library.words, lambda word: fold(key(word))), _Building()
        whole = [phrase for phrase in library.phrases if not phrase.embedded]
        open_ = {phrase: _ways(phrase, most) for phrase in whole if is_open(phrase.text)}
        self._vocabulary = Vocabulary({way[-1] for each in open_.values() for way in each}, fold)
        for phrase in whole:
            if phrase not in open_:
                built.add(lists.sought(phrase), map(self._vocabulary.learn, _ways(phrase, most)))
        firsts = {
            phrase: [(self._vocabulary.learn(way[:-1]), way[-1]) for way in each] for phrase, each in open_.items()
        }
        beginning_with = cache(self._vocabulary.beginning_with)
        for phrase, each in firsts.items():
            codes = (first + last for first, stem in each for last in beginning_with(stem))
            built.add(lists.sought(phrase), codes)
        self._automaton = built.automaton()

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Ranges of ``words``."""
        for first, end, sought in _found(self._automaton, self._vocabulary.read(words)):
            yield first // SIZE, end // SIZE, sought


class LetterSearch:
    """For phrases that are also found inside longer words."""

    def __init__(self, library: Library) -> None:
        lists, built = Lists(library.words, key), _Building()
        for phrase in library.phrases:
            if phrase.embedded:
                built.add(lists.sought(phrase), ways(phrase.text))
        self._automaton = built.automaton()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._automaton)

    def find(self, text: str) -> Iterator[Found]:
        """Ranges of ``text``."""
        return _found(self._automaton, text)


class _Building:
    """An automaton as it grows. What hangs on it is one object for all ways of a phrase: there are many."""

    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        self._hung: dict[tuple[int, tuple[int, ...]], _Hung] = {}

    def add(self, sought: Sought, codes: Iterable[str]) -> None:
        for code in dict.fromkeys(codes):
            hung = len(code), (*self._automaton.get(code, _NOTHING)[1], sought)
            self._automaton.add_word(code, self._hung.setdefault((len(code), tuple(map(id, hung[1]))), hung))

    def automaton(self) -> Any:
        self._automaton.make_automaton()
        return self._automaton


def _ways(phrase: Phrase, most: int) -> list[list[str]]:
    """Word by word."""
    texts = ways(phrase.text)[:most]
    if phrase.language == "en":
        room = min(most, MOST_SAYINGS) // len(texts)
        texts = tuple(dict.fromkeys(said for text in texts for said in sayings(text, room)))
    return [text.split() for text in texts]


def _found(automaton: Any, text: str) -> Iterator[Found]:
    if len(automaton):
        for last, (size, entries) in automaton.iter(text):
            for sought in entries:
                yield last + 1 - size, last + 1, sought
