"""Fold a text so that disguised spellings read alike, and remember where each letter came from."""

import html
import re
from functools import cached_property

from detection.folding import SYMBOLS, folded, is_mark
from detection.places import Places

_PLACES_OF = {symbol: re.compile(re.escape(symbol)) for symbol in SYMBOLS}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_NOTHING = "\u00ad"


class Normalised:
    """A folded text, as words and as those words with one space between them and one at either end."""

    __slots__ = ("__dict__", "_read", "_spread", "original", "words")

    def __init__(self, original: str) -> None:
        self.original = original
        self._read = without_entities(original) if "&" in original else original
        self._spread = _letters_for_symbols(folded(self._read))
        """Folded, every space still in its place."""
        self.words = self._spread.split()

    @cached_property
    def text(self) -> str:
        """Put together only for those who ask: of most texts the words are all that is looked at."""
        return f" {' '.join(self.words)} " if self.words else " "

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that ``text[first:end]`` was folded from; no space at its ends."""
        return self._origins(*(self._letter_at.of(at - self.text.count(" ", 0, at)) for at in (first, end - 1)))

    def span_of_words(self, first: int, end: int) -> tuple[int, int]:
        """The same for ``words[first:end]``."""
        rest = self._spread.split(None, first)[-1]
        last = rest.split(None, end - 1 - first)[-1]
        return self._origins(
            *(len(self._spread) - left for left in (len(rest), len(last) - len(self.words[end - 1]) + 1))
        )

    def _origins(self, first: int, last: int) -> tuple[int, int]:
        """Of what stands in these places of the spread text."""
        start, last = (first, last) if self._kept_its_places else map(self._read_at.of, (first, last))
        if self._read[last] != self.original[last]:
            last = self.original.index(";", last)
        while last + 1 < len(self.original) and is_mark(self.original[last + 1]):
            last += 1
        return start, last + 1

    @cached_property
    def _letter_at(self) -> Places:
        """By a letter's number: where it is in the spread text."""
        return Places(self._spread, lambda part: len(part) - part.count(" "))

    @property
    def _kept_its_places(self) -> bool:
        """A character of ASCII becomes one or none."""
        return len(self._spread) == len(self._read) and self._read.isascii()

    @cached_property
    def _read_at(self) -> Places:
        """By a place in the spread text: what it was folded from."""
        return Places(self._read, lambda part: len(folded(part)))


def normalise(original: str) -> Normalised:
    """Case, accents, look-alike letters, leet, hidden characters, apostrophes and punctuation; any str will do."""
    return Normalised(original)


def without_entities(text: str) -> str:
    """What is left of HTML as the characters it stands for, each in as many characters as before."""
    return _ENTITY.sub(_meant, text)


def _meant(entity: re.Match[str]) -> str:
    meant = html.unescape(entity[0])
    return meant + _NOTHING * (len(entity[0]) - 1) if len(meant) == 1 else entity[0]


def key(text: str) -> str:
    """A phrase as it is looked for."""
    return " ".join(normalise(text).words)


def _letters_for_symbols(text: str) -> str:
    present = [symbol for symbol in SYMBOLS if symbol in text]
    for symbol in present:  # the ordinary use first: far cheaper than what follows
        text = text.replace(f"{symbol} ", "  ") if symbol != "$" else text
    parts, at = list[str](), 0
    for place in sorted(found.start() for symbol in present for found in _PLACES_OF[symbol].finditer(text)):
        before, after = text[place - 1 : place].isalnum(), text[place + 1 : place + 2].isalnum()
        inside = before or after if text[place] == "$" else before and after
        parts += text[at:place], SYMBOLS[text[place]] if inside else " "
        at = place + 1
    return "".join([*parts, text[at:]])
