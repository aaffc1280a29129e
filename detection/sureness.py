"""How sure a second reader must be before what it reads counts, by what it reads like and where (docs/severity.md).

Where it mistakes little that is harmless it is believed sooner; insults and requests look most like what everybody
writes. Chosen on open sets that it was not trained on (docs/accuracy.md).
"""

from dataclasses import dataclass

from detection.library import Category


@dataclass(frozen=True, slots=True)
class Least:
    """From which probability on it is a 3, and a 2, without any phrase."""

    raised: float
    noted: float


@dataclass(frozen=True, slots=True)
class Needed:
    categories: frozenset[Category]
    asked: Least
    """In searches and prompts, which are many and nearly all harmless."""
    said: Least
    """In what else people write."""


CONFIRMS = 0.5
"""From which probability on it confirms a phrase that counts for a 2, whatever it reads: two readers then agree."""

_C = Category
NEEDED = (
    Needed(frozenset({_C.DISTRESS}), asked=Least(0.55, 0.45), said=Least(0.42, 0.28)),
    Needed(frozenset({_C.SELF_HARM, _C.SUICIDE}), asked=Least(0.64, 0.55), said=Least(0.5, 0.25)),
    Needed(
        frozenset({_C.ABUSE, _C.HONOUR_ABUSE, _C.SEXUAL_HARASSMENT}), asked=Least(0.64, 0.55), said=Least(0.5, 0.47)
    ),
    Needed(frozenset({_C.MISOGYNY}), asked=Least(0.7, 0.65), said=Least(0.7, 0.5)),
    Needed(frozenset({_C.EATING_DISORDER}), asked=Least(0.76, 0.6), said=Least(0.3, 0.25)),
    Needed(frozenset({_C.EXPLOITATION}), asked=Least(0.76, 0.6), said=Least(0.5, 0.4)),
    Needed(frozenset({_C.DRUGS, _C.EXTREMISM, _C.GROOMING}), asked=Least(0.91, 0.8), said=Least(0.62, 0.5)),
    Needed(frozenset({_C.DISCRIMINATION}), asked=Least(0.86, 0.75), said=Least(0.74, 0.55)),
    Needed(frozenset({_C.ILLEGAL, _C.VIOLENCE}), asked=Least(0.91, 0.86), said=Least(0.9, 0.8)),
    Needed(frozenset({_C.BULLYING}), asked=Least(0.87, 0.82), said=Least(0.85, 0.82)),
    Needed(frozenset({_C.HACKING}), asked=Least(0.9, 0.82), said=Least(0.85, 0.82)),
)
OTHERWISE = Needed(frozenset(_C).difference(*(row.categories for row in NEEDED)), Least(0.9, 0.8), Least(0.9, 0.8))
_OF = {category: row for row in (*NEEDED, OTHERWISE) for category in row.categories}


def least(category: Category, *, asked: bool) -> Least:
    return _OF[category].asked if asked else _OF[category].said
