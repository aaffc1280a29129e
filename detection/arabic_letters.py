"""Arabic letters that people write one for another, by habit or because their keyboard is made for another language."""

_WRITTEN = "یىکڪہەةۃٱ"
_MEANT = "ييككهههها"
ONE_FOR_ANOTHER = dict(zip(_WRITTEN, _MEANT, strict=True))
STRETCH = "ـ"
"""Draws a word out, and is no letter."""
