"""Fold a text so that disguised spellings read alike, and remember where each letter came from."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from detection.look_alikes import LOOK_ALIKES

CHUNK = 256
"""Origins are looked up chunk by chunk: most texts match nothing and never need them."""
_REMEMBERED = 20_000
"""Characters whose folding is kept; a page that shows all of Unicode must not fill the memory."""

_APOSTROPHES = "'`´‘’‛ʹʼʻ′＇ʽˈ"
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
_SYMBOLS = {"!": "i", "@": "a", "|": "i", "$": "s"}
"""Letters only where they stand inside a word: “d!e”, but not “die!”."""
_LETTER_BY_NAME = re.compile(
    r"LATIN (?:SMALL|CAPITAL) LETTER (?:DOTLESS |SCRIPT |OPEN |REVERSED |TURNED )?([A-Z])(?: WITH .*)?"
    r"|LATIN LETTER SMALL CAPITAL ([A-Z])"
    r"|(?:NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL|REGIONAL INDICATOR SYMBOL) LETTER ([A-Z])"
)
_SYMBOL = re.compile(r"([!@|$])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_NOTHING = "\u00ad"
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")


class _Folding(dict[int, str | None]):
    """What each character becomes, worked out when it is first met. None (not "") keeps str.translate's fast path."""

    def __missing__(self, code: int) -> str | None:
        folded = _fold(chr(code)) or None
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


def _fold(character: str) -> str:
    if character in _APOSTROPHES or _is_unseen(character):
        return ""
    if character.isspace():
        return " "
    compatible = unicodedata.normalize("NFKD", LOOK_ALIKES.get(character, character))
    if compatible in _SYMBOLS:
        return compatible
    drawn = "".join(LOOK_ALIKES.get(part, part) for part in compatible)
    plain = unicodedata.normalize("NFKD", drawn.casefold())
    return "".join(_letter(part) for part in plain) if len(plain) < 4 else " "


def _is_unseen(character: str) -> bool:
    """Marks on other letters and characters that do not show; one of them would be a letter in lower case."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _letter(part: str) -> str:
    if _is_unseen(part):
        return ""
    kind = unicodedata.category(part)
    if part in _LEET:
        return _LEET[part]
    if part.isascii():
        return part if part.isalnum() else " "
    part = LOOK_ALIKES.get(part, part)
    if named := _LETTER_BY_NAME.fullmatch(unicodedata.name(part, "")):
        return next(letter for letter in named.groups() if letter).lower()
    return part if kind[0] in "LMN" else " "


_FOLDING = _Folding()


class Normalised:
    """A folded text, as words and as those words with one space between them and one at either end."""

    __slots__ = ("__dict__", "_read", "_spread", "original", "words")

    def __init__(self, original: str) -> None:
        self.original = original
        self._read = without_entities(original) if "&" in original else original
        self._spread = _letters_for_symbols(_folded(self._read))
        """Folded, every space still in its place."""
        self.words = self._spread.split()

    @cached_property
    def text(self) -> str:
        """Put together only for those who ask: of most texts the words are all that is looked at."""
        return f" {' '.join(self.words)} " if self.words else " "

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that ``text[first:end]`` was folded from; no space at its ends."""
        start, last = self.origin(first), self.origin(end - 1)
        if self._read[last] != self.original[last]:
            last = self.original.index(";", last)
        while last + 1 < len(self.original) and unicodedata.combining(self.original[last + 1]):
            last += 1
        return start, last + 1

    def origin(self, index: int) -> int:
        """Where the letter ``text[index]`` stood in the original."""
        chunk, rest = _locate(self._solids, index - self.text.count(" ", 0, index))
        start = chunk * CHUNK
        return self._unfolded(start + _nth((letter != " " for letter in self._spread[start : start + CHUNK]), rest))

    def _unfolded(self, position: int) -> int:
        chunk, rest = _locate(self._lengths, position)
        start = chunk * CHUNK
        return start + _nth((len(c.translate(_FOLDING)) for c in self._read[start : start + CHUNK]), rest)

    @cached_property
    def _solids(self) -> list[int]:
        return _totals(len(part) - part.count(" ") for part in _chunks(self._spread))

    @cached_property
    def _lengths(self) -> list[int]:
        return _totals(len(_folded(part)) for part in _chunks(self._read))


def normalise(original: str) -> Normalised:
    """Case, accents, look-alike letters, leet, hidden characters, apostrophes and punctuation; any str will do."""
    return Normalised(original)


def without_entities(text: str) -> str:
    """What is left of HTML as the characters it stands for, each in as many characters as before."""
    return _ENTITY.sub(_meant, text)


def _meant(entity: re.Match[str]) -> str:
    meant = html.unescape(entity[0])
    return meant + _NOTHING * (len(entity[0]) - 1) if len(meant) == 1 else entity[0]


def letter(character: str) -> str:
    """What one character is read as by itself: a letter or figure, several, a space, or nothing."""
    return character.translate(_FOLDING)


def key(text: str) -> str:
    """A phrase as it is looked for."""
    return " ".join(normalise(text).words)


def _folded(text: str) -> str:
    """str.translate is several times faster on ASCII: a page with a curly quote here and there is done in pieces."""
    rest = 0 if text.isascii() else len(text.encode("utf-8", "surrogatepass")) - len(text)
    if rest == 0 or rest * 8 > len(text):
        return text.translate(_FOLDING)
    return "".join([part.translate(_FOLDING) for part in _NOT_ASCII.split(text)])


def _letters_for_symbols(text: str) -> str:
    present = [symbol for symbol in _SYMBOLS if symbol in text]
    for symbol in present:  # the ordinary use first: far cheaper than what follows
        text = text.replace(f"{symbol} ", "  ") if symbol != "$" else text
    if not any(symbol in text for symbol in present):
        return text
    parts = _SYMBOL.split(text)
    for place in range(1, len(parts), 2):
        before, after = parts[place - 1][-1:].isalnum(), parts[place + 1][:1].isalnum()
        inside = before or after if parts[place] == "$" else before and after
        parts[place] = _SYMBOLS[parts[place]] if inside else " "
    return "".join(parts)


def _chunks(text: str) -> Iterable[str]:
    return (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))


def _totals(counts: Iterable[int]) -> list[int]:
    return list(accumulate(counts, initial=0))


def _locate(totals: list[int], number: int) -> tuple[int, int]:
    """Which chunk holds the ``number``-th thing, and how many of that chunk's come before it."""
    chunk = bisect_right(totals, number) - 1
    return chunk, number - totals[chunk]


def _nth(counts: Iterable[int], number: int) -> int:
    """The place that holds the ``number``-th thing."""
    return next(place for place, total in enumerate(accumulate(counts)) if total > number)
