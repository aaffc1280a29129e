"""A second look at short texts in which letters are s p a c e d, drawn ooout, or swapped for 1, | and !."""

import re
import unicodedata
from itertools import groupby

from detection.as_drawn import as_drawn, drawn, holds_flags
from detection.folding import letter
from detection.normalise import normalise

LONGEST = 4000
"""Characters. Disguise is found in what people type; on long pages it would cost much and mean little."""
_UNIT = r"[^\W_]|[!@$|]"


def _spelt(signs: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)([^\W_])\1*(?P<sign>{signs})(?:({_UNIT})\3*(?P=sign))+([^\W_])\4*(?!\w)")


_ANY_SPELT = _spelt(r"[ .\-_*,/~|\n]")
_SPELT = _spelt(r"[.\-_*,/~|]"), _spelt(" "), _spelt("\n")
"""Letter by letter. The nearer signs come first: “s.o a b.i.g” holds no “o a b”."""
_TWO = re.compile(r"(?<!\S)[^\W_](?P<sign>[ .\-_*,/~|])[^\W_](?=[\s.,!?]|$)")
"""A word of two letters, which is one only among longer ones that are spelt so."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")
_SWAPPED = re.compile(r"[1|!](?:(?<=[^\W\d_].)[1|!]*\w|[1|!]*[^\W\d_])")
"""A sign for a letter at the end of a word is punctuation."""
_DISGUISES = (_ANY_SPELT, _DRAWN_OUT, _SWAPPED)
_IN_SIGNS = re.compile(r"[^\W\d_](?:\d|[@$|!]\w)|[\d@$][^\W\d_]|&#?\w{2,8};")
"""Figures and signs among letters, or what is left of HTML."""


class Undisguised:
    """The text with spaced words joined, l read as i, and every run of one letter made single."""

    def __init__(self, original: str) -> None:
        seen, self._starts, self._ends = as_drawn(original)
        separators = _separators(seen)
        self._joined = [at for at in range(len(seen)) if at not in separators]
        self._folded = normalise("".join(seen[at] for at in self._joined) if separators else seen)
        alike = _alike(self._folded.text)
        self._single = [i for i, character in enumerate(alike) if i == 0 or character != alike[i - 1]]
        self.text = "".join(alike[i] for i in self._single)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The half-open range of the original, the last letter's repeats included."""
        start, stop = self._folded.span(self._single[first], self._single[end])
        return self._starts[self._joined[start]], self._ends[self._joined[stop - 1]]


def undisguise(original: str) -> Undisguised | None:
    """None where there is nothing to see through."""
    return Undisguised(original) if len(original) <= LONGEST and is_disguised(original) else None


def is_disguised(original: str) -> bool:
    seen = drawn(original).lower()
    return any(disguise.search(seen) for disguise in _DISGUISES) or holds_flags(original)


def is_outright(written: str) -> bool:
    """Whether these words read as what they are without any of this: a reader who sees nothing in others may just not
    have been able to read them."""
    if is_disguised(written) or _IN_SIGNS.search(written):
        return False
    return written.isascii() or not any(map(_is_drawn_alike, written))


def _is_drawn_alike(character: str) -> bool:
    """A sign of another script or form that stands in for a letter of ours."""
    if character.isascii() or not character.isalpha() or not letter(character).strip().isascii():
        return False
    return bool(letter(character)) and not unicodedata.name(character, "").startswith(("LATIN SMALL", "LATIN CAPITAL"))


def bare(folded: str) -> str:
    """A folded phrase as it reads in an undisguised text."""
    return "".join(character for character, _ in groupby(_alike(folded)))


def _alike(folded: str) -> str:
    return folded.replace("l", "i")


def _separators(seen: str) -> set[int]:
    places: set[int] = set()
    if not _ANY_SPELT.search(seen):
        return places
    for spelt in (*_SPELT, _TWO):
        if spelt is _TWO and not places:
            break
        found = list(spelt.finditer(seen))
        for word in found:
            places.update(at for at in range(*word.span()) if seen[at] == word["sign"])
            seen = f"{seen[: word.start()]}{'xy' * len(word[0])}"[: word.end()] + seen[word.end() :]
    return places
