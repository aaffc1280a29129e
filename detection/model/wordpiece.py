"""Cut a text into the pieces of words that the encoder knows (WordPiece, without case and accents)."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 40
"""Letters; what is longer is no word."""
_WORDS = re.compile(r"[^\W_]+|\S")


class WordPieces:
    def __init__(self, pieces: Sequence[str]) -> None:
        """``pieces`` in the order of their numbers; those that go on a word begin with ``##``."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._start, self._end = self._numbers[START], self._numbers[END]
        self._unknown = self._numbers[UNKNOWN]
        self.of_word = lru_cache(maxsize=20_000)(self._of_word)

    def encode(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces between start and end, ``most`` in all."""
        numbers = [self._start]
        for word in _WORDS.findall(plain(text)):
            numbers += self.of_word(word)
            if len(numbers) >= most:
                break
        return [*numbers[: most - 1], self._end]

    def _of_word(self, word: str) -> tuple[int, ...]:
        """The longest known pieces from the left; unknown as a whole where a letter is."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start and self._piece(word, start, end) not in self._numbers:
                end -= 1
            if end == start:
                return (self._unknown,)
            found.append(self._numbers[self._piece(word, start, end)])
            start = end
        return tuple(found)

    @staticmethod
    def _piece(word: str, start: int, end: int) -> str:
        return ("##" if start else "") + word[start:end]


def plain(text: str) -> str:
    """Lower case, without accents and characters that show nothing."""
    spread = unicodedata.normalize("NFD", text.lower()) if not text.isascii() else text.lower()
    return spread if spread.isascii() else "".join(c for c in spread if unicodedata.category(c) not in ("Mn", "Cf"))
