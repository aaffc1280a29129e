"""The ways in which people disguise what they write, each as a function of a text and a source of chance."""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from detection.look_alikes import LOOK_ALIKES

Mutation = Callable[[str, Random], str]
_DRAWN_LIKE: dict[str, list[str]] = defaultdict(list)
for _drawn, _latin in LOOK_ALIKES.items():
    _DRAWN_LIKE[_latin].append(_drawn)
WIDE = "   "
"""Between words whose letters are spaced."""
_LEET = {"o": "0", "i": "1!|", "e": "3", "a": "4@", "s": "5$", "t": "7", "l": "1"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e"
_TURNING = "\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u061c"
_ALPHABETS = [0x1D400, 0x1D44E - 26, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D63C, 0x1D670]
"""Where mathematical alphabets begin: capitals, then small letters."""
_EMOJI = ("🔪", "😀", "❤️", "👍🏽", "👨‍👩‍👧", "🇬🇧", "✨")
_REMAINS = ("&nbsp;", "&#160;", "&#xA0;", "&ensp;")
_SOFT = ("&shy;", "&zwnj;", "&#8203;", "&#x200B;", "&#173;")


def in_any_case(text: str, chance: Random) -> str:
    return "".join(chance.choice((letter.upper(), letter.lower())) for letter in text)


def fullwidth(text: str, chance: Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def mathematical(text: str, chance: Random) -> str:
    start = chance.choice(_ALPHABETS[2:])
    return "".join(chr(start + 26 + ord(letter) - 97) if "a" <= letter <= "z" else letter for letter in text)


def circled(text: str, chance: Random) -> str:
    return "".join(chr(0x24D0 + ord(letter) - 97) if "a" <= letter <= "z" else letter for letter in text)


def look_alikes(text: str, chance: Random) -> str:
    return "".join(chance.choice(_DRAWN_LIKE.get(letter, [letter])) for letter in text)


def mixed_scripts(text: str, chance: Random) -> str:
    return "".join(chance.choice([letter, *_DRAWN_LIKE.get(letter, [])]) for letter in text)


def leet(text: str, chance: Random) -> str:
    """Within words; a sign at either end of a word is punctuation."""
    inside = [0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha() for at in range(len(text))]
    return "".join(
        chance.choice(_LEET[letter]) if letter in _LEET and within else letter
        for letter, within in zip(text, inside, strict=True)
    )


def figures(text: str, chance: Random) -> str:
    """Figures for letters anywhere."""
    return text.translate(str.maketrans("oieast", "013457"))


def spaced_out(text: str, chance: Random) -> str:
    return WIDE.join(" ".join(word) for word in text.split(" "))


def dotted(text: str, chance: Random) -> str:
    mark = chance.choice(".-_*~/")
    return " ".join(mark.join(word) for word in text.split(" "))


def drawn_out(text: str, chance: Random) -> str:
    return "".join(
        letter * chance.randint(3, 6) if letter.isalpha() and chance.random() < 0.5 else letter for letter in text
    )


def hidden_characters(text: str, chance: Random) -> str:
    return "".join(letter + chance.choice(["", *_INVISIBLE]) for letter in text)


def turned_about(text: str, chance: Random) -> str:
    """Marks that change the direction of writing."""
    return "".join(letter + chance.choice(["", *_TURNING]) for letter in text)


def marked(text: str, chance: Random) -> str:
    return "".join(
        letter + chr(chance.randint(0x300, 0x36F)) * chance.randint(0, 3) if letter != " " else letter
        for letter in text
    )


def parted_by_emoji(text: str, chance: Random) -> str:
    return _between_words(text, _EMOJI, chance)


def parted_by_remains_of_html(text: str, chance: Random) -> str:
    return _between_words(text, _REMAINS, chance)


def parted_by_signs(text: str, chance: Random) -> str:
    return _between_words(text, (", ", "... ", " - ", " / ", "\n", "\t", "\u3000", "\xa0", " – "), chance)


def softly_hyphenated(text: str, chance: Random) -> str:
    """As pages do where a word may be broken."""
    return "".join(
        letter + (chance.choice(_SOFT) if letter.isalpha() and chance.random() < 0.3 else "") for letter in text
    )


def _between_words(text: str, signs: tuple[str, ...], chance: Random) -> str:
    gap = WIDE if text[1:2] == " " else " "
    first, *rest = text.split(gap)
    return first + "".join(chance.choice(signs) + word for word in rest)


LAYERS: tuple[tuple[Mutation, ...], ...] = (
    (figures, leet),
    (in_any_case,),
    (fullwidth, mathematical, circled, look_alikes, mixed_scripts),
    (drawn_out,),
    (spaced_out, dotted),
    (marked,),
    (hidden_characters, turned_about),
    (parted_by_emoji, parted_by_signs),
    (softly_hyphenated, parted_by_remains_of_html),
)
"""One of each may lie over one of an earlier layer: HTML is made of letters already disguised."""
MUTATIONS = tuple(mutation for layer in LAYERS for mutation in layer)
PAIRS = tuple(
    (first, second)
    for number, layer in enumerate(LAYERS)
    for first in layer
    for later in LAYERS[number + 1 :]
    for second in later
)
