"""What each character is folded to: its plainest letter, a space, or nothing."""

import codecs
import re
import unicodedata

from detection.arabic_letters import ONE_FOR_ANOTHER, STRETCH
from detection.look_alikes import LOOK_ALIKES

_REMEMBERED = 20_000
"""Characters whose folding is kept; a page that shows all of Unicode must not fill the memory."""

_APOSTROPHES = "'`´‘’‛ʹʼʻ′＇ʽˈ"
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
_DRAWN_ALIKE = {**LOOK_ALIKES, **ONE_FOR_ANOTHER, STRETCH: ""}
SYMBOLS = {"!": "i", "@": "a", "|": "i", "$": "s", "€": "e", "¢": "c"}
"""Letters only where they stand inside a word: “d!e”, but not “die!”."""
_LETTER_BY_NAME = re.compile(
    r"LATIN (?:SMALL|CAPITAL) LETTER (?:DOTLESS |SCRIPT |OPEN |REVERSED |TURNED )?([A-Z])(?: WITH .*)?"
    r"|LATIN LETTER SMALL CAPITAL ([A-Z])"
    r"|(?:NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL|REGIONAL INDICATOR SYMBOL) LETTER ([A-Z])"
)


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
    compatible = unicodedata.normalize("NFKD", _DRAWN_ALIKE.get(character, character))
    if compatible in SYMBOLS:
        return compatible
    drawn = "".join(_DRAWN_ALIKE.get(part, part) for part in compatible)
    plain = unicodedata.normalize("NFKD", drawn.casefold())
    return "".join(_letter(part) for part in plain) if len(plain) < 4 else " "


def _is_unseen(character: str) -> bool:
    """Marks on other letters and characters that do not show; one of them would be a letter in lower case."""
    return is_mark(character) or unicodedata.category(character) == "Cf"


def is_mark(character: str) -> bool:
    """Whether it is drawn on the letter before and the letter is read as without it. The vowels of Indian scripts are
    drawn so too, and no two words would be told apart without them: ਮਰ is “die”, ਮੋਰ a peacock."""
    if unicodedata.category(character) not in ("Mn", "Me"):
        return False
    return bool(unicodedata.combining(character)) or " VOWEL SIGN " not in unicodedata.name(character, "")


def _letter(part: str) -> str:
    if _is_unseen(part):
        return ""
    kind = unicodedata.category(part)
    if part in _LEET:
        return _LEET[part]
    if part.isascii():
        return part if part.isalnum() else " "
    part = _DRAWN_ALIKE.get(part, part)
    if named := _LETTER_BY_NAME.fullmatch(unicodedata.name(part, "")):
        return next(letter for letter in named.groups() if letter).lower()
    return part if kind[0] in "LMN" else " "


_FOLDING = _Folding()
_ASCII = [_fold(chr(code)) for code in range(128)]
_FOLDED_ASCII = bytes(ord(_ASCII[code] or " ") if code < 128 else code for code in range(256))
_GONE = bytes(code for code in range(128) if not _ASCII[code])
_FOLD_OTHERS = "gatehouse-fold"
"""What encodes to ASCII with this leaves all else folded, in UTF-8."""


def _fold_others(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].translate(_FOLDING).encode(), error.end


codecs.register_error(_FOLD_OTHERS, _fold_others)


def letter(character: str) -> str:
    """What one character is read as by itself: a letter or figure, several, a space, or nothing."""
    return character.translate(_FOLDING)


def folded(text: str) -> str:
    """Character by character. str.translate looks up each of a text that is not ASCII alone; bytes are translated
    twenty times faster, so a page with a curly quote here and there goes through them."""
    others = 0 if text.isascii() else len(text.encode("utf-8", "surrogatepass")) - len(text)
    if others * 8 > len(text):
        return text.translate(_FOLDING)
    return text.encode("ascii", _FOLD_OTHERS).translate(_FOLDED_ASCII, _GONE).decode()
