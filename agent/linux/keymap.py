"""Which letter a key writes, with its modifiers and in the layout that is switched to, as the X server says."""

import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from Xlib import XK, X

_LEVEL3, _GROUP = X.Mod5Mask, 13
"""AltGr; and the bit from which the layout's number stands in an event's state."""
_FIRST, _LAST = 8, 255
_WAIT = 0.05
"""Seconds in which a key that means nothing may be given a meaning: programs lend keys to letters the layout lacks."""
_DEAD = {
    "dead_grave": "\u0300", "dead_acute": "\u0301", "dead_circumflex": "\u0302", "dead_tilde": "\u0303",
    "dead_macron": "\u0304", "dead_breve": "\u0306", "dead_abovedot": "\u0307", "dead_diaeresis": "\u0308",
    "dead_abovering": "\u030a", "dead_doubleacute": "\u030b", "dead_caron": "\u030c", "dead_cedilla": "\u0327",
    "dead_ogonek": "\u0328",
}  # fmt: skip
XK.load_keysym_group("xkb")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key: the letter that it writes, or else its name."""

    letter: str = ""
    name: str = ""
    control: bool = False
    alt: bool = False
    shift: bool = False


class Keymap:
    def __init__(self, read: Callable[[int, int], Sequence[Sequence[int]]]) -> None:
        """``read``: the symbols of so many keys from one on."""
        self._read = read
        self._symbols: dict[int, Sequence[int]] = {}
        self._news = threading.Condition()
        self._accent = ""
        self._lent = set[int]()
        """Keys that programs lend to one letter after the other: what they mean is asked whenever one is pressed."""
        self.remapped(_FIRST, _LAST - _FIRST + 1)

    def remapped(self, first: int, count: int) -> None:
        """Keys mean something else now. One that means nothing any more keeps what it meant: it was just pressed."""
        if first < _FIRST or count <= 0:
            first, count = _FIRST, _LAST - _FIRST + 1
        elif count == 1:
            self._lent.add(first)
        self._ask(first, min(count, _LAST - first + 1))

    def _ask(self, first: int, count: int) -> None:
        rows = self._read(first, count)
        with self._news:
            for code, symbols in enumerate(rows, first):
                if any(symbols) or code not in self._symbols:
                    self._symbols[code] = tuple(symbols)
            self._news.notify_all()

    def pressed(self, code: int, state: int) -> Pressed | None:
        """None for modifiers, for an accent that waits for its letter, and for what means nothing."""
        if code in self._lent:
            self._ask(code, 1)
        symbol = self._symbol(code, state)
        name = _NAMES.get(symbol, "")
        control, alt = bool(state & X.ControlMask), bool(state & X.Mod1Mask)
        if not symbol or name in _MODIFIERS or _FIRST_MODIFIER <= symbol <= _LAST_MODIFIER:
            return None
        if name in _DEAD:
            self._accent = _DEAD[name]
            return None
        letter, self._accent = self._letter(symbol), ""
        return Pressed(letter, name, control, alt, bool(state & X.ShiftMask))

    def _symbol(self, code: int, state: int) -> int:
        with self._news:
            if not any(self._symbols.get(code, ())):
                self._news.wait(_WAIT)
            symbols = self._symbols.get(code, ())
        group = state >> _GROUP & 3
        level = 1 if state & X.ShiftMask else 0
        places = [4 + 2 * (group & 1) + level] if state & _LEVEL3 else []
        places += [2 * group + level, 2 * group, level, 0]
        symbol = next((symbols[place] for place in places if place < len(symbols) and symbols[place]), 0)
        return _other_case(symbol) if state & X.LockMask else symbol

    def _letter(self, symbol: int) -> str:
        letter = letter_of(symbol)
        if letter and self._accent:
            return unicodedata.normalize("NFC", letter + self._accent)
        return letter


def letter_of(symbol: int) -> str:
    """What a key symbol writes; nothing for those that do something."""
    if 0x20 <= symbol <= 0x7E or 0xA0 <= symbol <= 0xFF:
        return chr(symbol)
    if 0x1000100 <= symbol <= 0x110FFFF:
        return chr(symbol - 0x1000000)
    if encoding := _ENCODINGS.get(symbol >> 8):
        return bytes([symbol & 0xFF]).decode(encoding, "ignore")
    return _ODD.get(symbol, "")


def _other_case(symbol: int) -> int:
    letter = letter_of(symbol)
    other = letter.swapcase()
    if not letter or len(other) != 1 or other == letter:
        return symbol
    return ord(other) if ord(other) <= 0xFF else 0x1000000 + ord(other)


_MODIFIERS = {"ISO_Level3_Shift", "Mode_switch", "Num_Lock", "ISO_Next_Group", "ISO_Prev_Group", "Multi_key"}
_FIRST_MODIFIER, _LAST_MODIFIER = 0xFFE1, 0xFFEE
_NAMES = {getattr(XK, name): name.removeprefix("XK_") for name in dir(XK) if name.startswith("XK_")}
_ODD = {0x20AC: "€", 0xFFAA: "*", 0xFFAB: "+", 0xFFAD: "-", 0xFFAE: ".", 0xFFAF: "/", 0xFF80: " "}
_ODD |= {0xFFB0 + digit: str(digit) for digit in range(10)}
_ENCODINGS = {1: "iso8859-2", 2: "iso8859-3", 3: "iso8859-4", 5: "iso8859-6", 6: "koi8-u", 7: "iso8859-7",
              0x0C: "iso8859-8", 0x0D: "tis-620"}  # fmt: skip
"""Key symbols from before Unicode are a set's number and a letter's place in it."""
