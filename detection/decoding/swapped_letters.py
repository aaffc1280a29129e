"""Words whose letters were swapped or turned round: ROT13, words spelt backwards, Morse code."""

import codecs
import re

from detection.decoding.pieces import Piece


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words("""
    about after again alone always anymore anyone because being best bomb break bring brother buy can cant come
    could cut dad dead did die dont drugs drunk ever every everyone feel find friends fuck fucking gave get girl
    going gonna gun hang hate hates have help her him hit hits home how hurt just kill killed killing knife know
    last life like live love make meet money more mum myself never night nobody not nude nudes old over pain people
    pics pills please scared school secret send sex she shoot should stab stop suicide tablets take tell that the
    them there they this to today tomorrow tonight touch touches wanna want was weed what when where with you your
    yourself
""")
"""Words one of which stands in nearly everything of concern; in swapped letters they are no words at all."""
_WORD = re.compile(r"[A-Za-z']+")
_CHANCE = _words("""
    bire fur gung gurl jung nag pna srry tha trg unir ure
    bats dnes emit evil eid leef nac nug pots reh reve saw teg tih ton tuc
""")
"""Words, names and abbreviations of their own that a common word happens to turn into."""
_SHORTEST = 3
_TELLING = frozenset(word for word in _COMMON if len(word) >= _SHORTEST)
_ROT13 = frozenset(codecs.encode(word, "rot13") for word in _TELLING) - _CHANCE - _COMMON
_BACKWARDS = frozenset(word[::-1] for word in _TELLING) - _CHANCE - _COMMON
_VOWELS, _SWAPPED_VOWELS = frozenset("aeiou"), frozenset("nrvbh")
_MORE_OF_THEM = 2
"""By which a word's swapped vowels outnumber its vowels, so that it is likelier to be swapped than written plainly."""
_LONGEST = 2_000
_MORSE_LETTERS = {
    ".-": "a", "-...": "b", "-.-.": "c", "-..": "d", ".": "e", "..-.": "f", "--.": "g", "....": "h", "..": "i",
    ".---": "j", "-.-": "k", ".-..": "l", "--": "m", "-.": "n", "---": "o", ".--.": "p", "--.-": "q", ".-.": "r",
    "...": "s", "-": "t", "..-": "u", "...-": "v", ".--": "w", "-..-": "x", "-.--": "y", "--..": "z",
}  # fmt: skip
_MORSE = re.compile(r"(?<![\w.-])[.\-]{1,4}(?:(?: {1,3}| ?[/|] ?)[.\-]{1,4}){3,}(?![\w.-])")
_DRAWN = str.maketrans("·•–—−_", "..----")


def from_rot13(text: str) -> list[Piece]:
    """Word by word; words that are common as they stand were not swapped."""
    if not _speaks(text, _ROT13) and not _sounds_swapped(text):
        return []
    swapped = (found for found in _WORD.finditer(text) if found[0].lower() not in _COMMON)
    return [Piece(*found.span(), codecs.encode(found[0], "rot13")) for found in swapped]


def from_backwards_words(text: str) -> list[Piece]:
    """Each word turned round where it stands."""
    if not _speaks(text, _BACKWARDS):
        return []
    turned = (found for found in _WORD.finditer(text) if found[0].lower() not in _COMMON)
    return [Piece(*found.span(), found[0][::-1]) for found in turned]


def from_backwards(text: str) -> list[Piece]:
    """The whole text turned round."""
    if not _speaks(text, _BACKWARDS):
        return []
    return [Piece(at, at + 1, text[at]) for at in reversed(range(len(text)))]


def from_morse(text: str) -> list[Piece]:
    drawn = text.translate(_DRAWN) if not text.isascii() or "_" in text else text
    if ".-" not in drawn and "-." not in drawn:
        return []
    runs = ((found, _morse(found[0])) for found in _MORSE.finditer(drawn))
    return [Piece(*found.span(), said) for found, said in runs if said]


def _speaks(text: str, words: frozenset[str]) -> bool:
    """Asked of everything written, so no expression looks for the words."""
    return len(text) <= _LONGEST and not words.isdisjoint(text.lower().split())


def _sounds_swapped(text: str) -> bool:
    """Few words can be spoken both ways."""
    words = (found[0].lower() for found in _WORD.finditer(text)) if len(text) <= _LONGEST else ()
    return any(_count(word, _SWAPPED_VOWELS) >= _count(word, _VOWELS) + _MORE_OF_THEM for word in words)


def _count(word: str, letters: frozenset[str]) -> int:
    return sum(letter in letters for letter in word)


def _morse(run: str) -> str:
    """Empty where one of the signs is no letter."""
    words = re.split(r" ?[/|] ?| {3}", run)
    letters = [[_MORSE_LETTERS.get(sign, "") for sign in word.split()] for word in words]
    said = " ".join("".join(word) for word in letters)
    return said if all(all(word) for word in letters) and len(set(said)) > 2 else ""
