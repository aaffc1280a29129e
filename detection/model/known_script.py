"""Whether a passage is written in letters that the second opinion has learned to read."""

import unicodedata
from functools import cache

LEARNED = ("LATIN", "ARABIC", "DEVANAGARI")
"""As Unicode's names of letters begin. Others are unknown words to it, and it says the same of all they write."""


def is_known(text: str) -> bool:
    """At least half of the letters are of those scripts; without letters, no."""
    if text.isascii():
        return any(map(str.isalpha, text))
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and 2 * sum(map(_learned, letters)) >= len(letters)


@cache
def _learned(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(LEARNED)
