"""Entries of foreign lists to test with."""

from pathlib import Path
from typing import Any

from detection.foreign_lists.entry import Entry, Part, Place, Wanted
from detection.library import Category

LIST = Path("list.txt")
BULLYING = Wanted(Category.BULLYING, 2)


def an(*words: str | Part, line: int = 1, **changes: Any) -> Entry:
    """An entry of these parts."""
    parts = tuple(each if isinstance(each, Part) else Part(each) for each in words)
    plain = {"place": Place(LIST, line), "parts": parts, "category": Category.BULLYING, "severity": 2}
    return Entry(**(plain | changes))
