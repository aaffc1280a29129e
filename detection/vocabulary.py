"""A text with three characters for each word, so that phrases are searched for word by word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from detection.shorthand import SHORT, SPELT, careless

SIZE = 3
"""Characters a word has: few kinds in each place, since an automaton goes through the children of a node in a row."""
OTHER = "\0" * SIZE
"""Stands for every word that no phrase holds."""
_FIRST, _KINDS = 1, 48
"""Each place has its own characters, so that nothing is found that begins in the middle of a word; all below 256, since
Python joins texts of such characters fastest."""
_REMEMBERED = 50_000
"""Words whose code is kept; a page of made-up words must not fill the memory."""


class Known:
    """The code of every word that a phrase holds, in each of its spellings; reads texts."""

    def __init__(self, codes: Mapping[str, str], stems: Mapping[str, str]) -> None:
        """``stems``: beginnings that make do with any ending."""
        self._codes = _Remembering(codes, stems)
        self.stems = stems

    def read(self, words: Sequence[str]) -> str:
        """The code of a text."""
        return "".join(map(self._codes.__getitem__, words))


class Vocabulary:
    """Learns the words of all phrases. One word in several spellings has one code."""

    def __init__(self, stems: Iterable[str], fold: Callable[[str], str]) -> None:
        """``stems``: beginnings that make do with any ending. ``fold``: what texts were folded with beyond ``key``."""
        self._fold = fold
        folded = dict.fromkeys(map(fold, stems))
        self.stems: Mapping[str, str] = {stem: _code(number) for number, stem in enumerate(folded)}
        self._learnt = _Learnt(fold, len(self.stems))

    def learn(self, words: Iterable[str]) -> str:
        """The code of a phrase."""
        return "".join(map(self._learnt.__getitem__, words))

    def beginning_with(self, stem: str) -> set[str]:
        """The codes of all words that begin so; to be asked once every phrase is learnt."""
        stem = self._fold(stem)
        known = chain(self.codes.items(), self.stems.items())
        return {code for word, code in known if word.startswith(stem)} - {OTHER}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """By every spelling; nothing is learnt any more."""
        return self._learnt.spellings()

    def known(self) -> Known:
        return Known(self.codes, self.stems)


class _Learnt(dict[str, str]):
    """Codes by the words of phrases as they stand there."""

    def __init__(self, fold: Callable[[str], str], taken: int) -> None:
        """``taken``: codes that others have."""
        super().__init__()
        self._fold, self._taken = fold, taken
        self._folded: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        folded = self._fold(SPELT.get(word, word))
        if folded not in self._folded:
            self._folded[folded] = _code(self._taken + len(self._folded))
        code = self[word] = self._folded[folded]
        return code

    def spellings(self) -> dict[str, str]:
        """By every folded spelling; one that is another phrase's word as it stands is that word."""
        spellings: dict[str, str] = {}
        for word, code in self.items():
            full = SPELT.get(word, word)
            for short in (*SHORT.get(full, ()), *careless(full)):
                spellings.setdefault(self._fold(short), code)
        return spellings | self._folded


class _Remembering(dict[str, str]):
    """A word that stands in no phrase has the code of the longest stem it begins with."""

    def __init__(self, codes: Mapping[str, str], stems: Mapping[str, str]) -> None:
        super().__init__(codes)
        self._stems, self._longest = stems, max(map(len, stems), default=0)
        self._shortest = min(map(len, stems), default=0)
        self._beginnings = {stem[: self._shortest] for stem in stems}

    def __missing__(self, word: str) -> str:
        code = OTHER
        if word[: self._shortest] in self._beginnings:  # few do, and pages have many words of their own: names, numbers
            sizes = range(min(len(word), self._longest), 0, -1)
            code = next((self._stems[word[:size]] for size in sizes if word[:size] in self._stems), OTHER)
        if self._stems and len(self) < _REMEMBERED:
            self[word] = code
        return code


def _code(number: int) -> str:
    """A number and no iterator tells which is next: who keeps a vocabulary on disk could not keep that."""
    if number >= _KINDS**SIZE:
        raise OverflowError(f"the phrases have more than {_KINDS**SIZE} different words")
    digits = (number // _KINDS ** (SIZE - 1 - place) % _KINDS for place in range(SIZE))
    return "".join(chr(_FIRST + place * _KINDS + digit) for place, digit in enumerate(digits))
