"""Characters that would deceive a reader show themselves."""

import pytest
from markupsafe import Markup

from console.visible import visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("abc\u202edef", "abc⟨U+202E⟩def"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("line\nbreak\ttab", "line\nbreak\ttab"),
        ("👩‍👧 café עברית", "👩‍👧 café עברית"),
    ],
)
def test_overrides_and_control_characters_are_spelt_out(written: str, shown: str) -> None:
    assert visible(written) == shown


def test_markup_of_our_own_and_numbers_pass_untouched() -> None:
    assert visible(Markup("<b>\u202e</b>")) == Markup("<b>\u202e</b>")
    assert visible(7) == 7
