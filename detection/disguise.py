"""A second look at short texts in which letters are s p a c e d, drawn ooout or swapped for 1, | and !."""

import re
from itertools import groupby

from detection.normalise import normalise

LONGEST = 4000
"""Characters. Disguise is found in what people type; on long pages it would cost much and mean little."""
_SPACED = re.compile(r"(?<!\w)[^\W_]([ .\-_*,/~|])[^\W_](?:\1[^\W_])+(?!\w)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1", re.IGNORECASE)
_SWAPPED = re.compile(r"[^\W\d_][1|!]+\w|[1|!]+[^\W\d_]")
_DISGUISES = (_SPACED, _DRAWN_OUT, _SWAPPED)


class Undisguised:
    """The text with spaced words joined, l read as i, and every run of one letter made single."""

    def __init__(self, original: str) -> None:
        separators = _separators(original)
        self._joined = [place for place in range(len(original)) if place not in separators]
        self._folded = normalise("".join(original[place] for place in self._joined))
        alike = _alike(self._folded.text)
        self._single = [i for i, letter in enumerate(alike) if i == 0 or letter != alike[i - 1]]
        self.text = "".join(alike[i] for i in self._single)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The half-open range of the original, the last letter's repeats included."""
        start, stop = self._folded.span(self._single[first], self._single[end])
        return self._joined[start], self._joined[stop - 1] + 1


def undisguise(original: str) -> Undisguised | None:
    """None where there is nothing to see through."""
    return Undisguised(original) if len(original) <= LONGEST and is_disguised(original) else None


def is_disguised(original: str) -> bool:
    return any(disguise.search(original) for disguise in _DISGUISES)


def bare(folded: str) -> str:
    """A folded phrase as it reads in an undisguised text."""
    return "".join(letter for letter, _ in groupby(_alike(folded)))


def _alike(folded: str) -> str:
    return folded.replace("l", "i")


def _separators(original: str) -> set[int]:
    return {
        place
        for spaced in _SPACED.finditer(original)
        for place in range(spaced.start(), spaced.end())
        if not original[place].isalnum()
    }
