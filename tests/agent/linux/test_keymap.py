"""Which letter a key writes: levels, layouts, accents, and keys that are lent for a moment."""

from collections.abc import Sequence

import pytest
from Xlib import X

from agent.linux.keymap import Keymap, Pressed, letter_of

ROWS = {
    38: (0x61, 0x41, 0x6C6, 0x6E6),  # a A, and in the second layout ф Ф
    11: (0x32, 0x40, 0x32, 0x22, 0xB2, 0xBD),
    34: (0xFE51, 0xFE57),  # dead acute, dead diaeresis
    26: (0x65, 0x45),
    50: (0xFFE1,),
    22: (0xFF08,),
    23: (0xFF09,),
}
ALTGR = X.Mod5Mask


def rows(first: int, count: int) -> Sequence[Sequence[int]]:
    return [ROWS.get(code, (0,)) for code in range(first, first + count)]


@pytest.mark.parametrize(
    ("code", "state", "letter"),
    [
        (38, 0, "a"),
        (38, X.ShiftMask, "A"),
        (38, X.LockMask, "A"),
        (38, X.LockMask | X.ShiftMask, "a"),
        (38, 1 << 13, "ф"),
        (38, 1 << 13 | X.ShiftMask, "Ф"),
        (11, X.ShiftMask, "@"),
        (11, ALTGR, "²"),
        (11, ALTGR | X.ShiftMask, "½"),
        (26, 1 << 13, "e"),
    ],
)
def test_a_letter_is_read_by_its_modifiers_and_its_layout(code: int, state: int, letter: str) -> None:
    key = Keymap(rows).pressed(code, state)
    assert key is not None
    assert key.letter == letter


def test_an_accent_waits_for_its_letter() -> None:
    keymap = Keymap(rows)
    assert keymap.pressed(34, 0) is None
    assert keymap.pressed(26, 0) == Pressed("é", "e")
    assert keymap.pressed(26, 0) == Pressed("e", "e")


def test_keys_that_write_nothing_are_named_and_modifiers_are_nothing() -> None:
    keymap = Keymap(rows)
    assert keymap.pressed(22, X.ControlMask) == Pressed("", "BackSpace", control=True)
    assert keymap.pressed(23, X.ShiftMask) == Pressed("", "Tab", shift=True)
    assert keymap.pressed(50, 0) is None


def test_a_key_lent_for_a_letter_is_read_though_it_was_taken_back_at_once() -> None:
    symbols = dict(ROWS)
    keymap = Keymap(lambda first, count: [symbols.get(code, (0,)) for code in range(first, first + count)])
    symbols[8] = (0x1000436,)
    keymap.remapped(8, 1)
    symbols[8] = (0,)
    keymap.remapped(8, 1)
    key = keymap.pressed(8, 0)
    assert key is not None
    assert key.letter == "ж"


@pytest.mark.parametrize(
    ("symbol", "letter"),
    [
        (0xE9, "é"),
        (0x20AC, "€"),
        (0x6C1, "а"),
        (0x7E1, "α"),
        (0xFFB5, "5"),
        (0x1F0, "đ"),
        (0x10020AC, "€"),
        (0xFF0D, ""),
    ],
)
def test_symbols_from_before_unicode_are_letters_too(symbol: int, letter: str) -> None:
    assert letter_of(symbol) == letter
