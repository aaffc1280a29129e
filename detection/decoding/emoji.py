"""Emoji that stand for a word: read as that word, where a person put them in its place."""

import re

from detection.decoding.pieces import Piece

_MEANT = {
    "🔪": "knife", "🗡": "knife", "🔫": "gun", "💣": "bomb",
    "💊": "pills", "🍃": "weed", "🌿": "weed", "🍁": "weed",
    "🔌": "plug", "🐎": "ketamine", "🪦": "grave", "🐷": "pig", "🐀": "rat", "🐒": "monkey", "🐵": "monkey",
    "👊": "punch", "🖕": "fuck you",
}  # fmt: skip
_RUN = re.compile(rf"([{''.join(_MEANT)}])\ufe0f?(?:\s?\1\ufe0f?)*")
"""The same one again says no more."""


def from_emoji(text: str) -> list[Piece]:
    if text.isascii():
        return []
    return [Piece(*found.span(), f" {_MEANT[found[1]]} ") for found in _RUN.finditer(text)]
