"""Small phrase libraries to test with, in memory and on disk."""

from pathlib import Path
from typing import Any

from detection.library import Category, Library, Phrase
from tests.detection.factories import phrase

GOOD = """
[nobody-likes-you]
text = "nobody likes you"
severity = 3
gloss = "Tells somebody that they are shut out."
hits = ["nobody likes you"]
misses = ["nobody likes your sister's cat more than me"]
"""


def library(*phrases: Phrase) -> Library:
    return Library(phrases or (phrase(),))


def a(text: str, category: Category = Category.BULLYING, severity: int = 3, **changes: Any) -> Phrase:
    """A phrase with an id made of its words."""
    named = {"id": f"en.{category}.{text.replace(' ', '-')}"} | changes
    return phrase(text=text, category=category, severity=severity, **named)


def write(folder: Path, content: str = GOOD, name: str = "en/bullying.toml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
    return folder
