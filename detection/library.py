"""The phrase library: what to look for, under which category, and how grave it is."""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    ABUSE = "abuse"
    BULLYING = "bullying"
    BYPASS = "bypass"
    DISCRIMINATION = "discrimination"
    DISTRESS = "distress"
    DRUGS = "drugs"
    EATING_DISORDER = "eating-disorder"
    EXTREMISM = "extremism"
    GAMBLING = "gambling"
    GROOMING = "grooming"
    ILLEGAL = "illegal"
    PERSONAL_INFORMATION = "personal-information"
    PORNOGRAPHY = "pornography"
    SELF_HARM = "self-harm"
    SUICIDE = "suicide"
    VIOLENCE = "violence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    id: str
    """``<lang>.<category>.<name>``"""
    text: str
    category: Category
    severity: int
    gloss: str
    """What it means, for staff who have never heard it."""
    embedded: bool = False
    """Also match inside a longer word."""
    near: tuple[str, ...] = ()
    """One of these words must stand nearby."""
    unless: tuple[str, ...] = ()
    """Nearby words that show an innocent meaning."""
    ages: tuple[str, ...] = ()
    """Only for these age bands; empty means all."""
    hits: tuple[str, ...] = ()
    """Sentences in which it must be found."""
    misses: tuple[str, ...] = ()
    """Sentences in which it must not."""
