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


_SOON, _USUAL, _SURE, _SURER, _SUREST = (
    Least(0.92, 0.73), Least(0.96, 0.87), Least(0.98, 0.92), Least(0.989, 0.953), Least(0.993, 0.97),
)  # fmt: skip
_C = Category
NEEDED = (
    Needed(frozenset({_C.DISTRESS}), _SOON, Least(0.88, 0.5)),
    Needed(
        frozenset({_C.ABUSE, _C.HONOUR_ABUSE, _C.MISOGYNY, _C.SELF_HARM, _C.SEXUAL_HARASSMENT, _C.SUICIDE}),
        _SOON,
        _SOON,
    ),
    Needed(
        frozenset({_C.DISCRIMINATION, _C.EATING_DISORDER, _C.EXPLOITATION, _C.EXTREMISM, _C.GROOMING}),
        _SURE,
        _SOON,
    ),
    Needed(frozenset({_C.BULLYING, _C.HACKING, _C.ILLEGAL, _C.VIOLENCE}), _SURER, _USUAL),
)
OTHERWISE = Needed(frozenset(_C).difference(*(row.categories for row in NEEDED)), _SUREST, _USUAL)
_OF = {category: row for row in (*NEEDED, OTHERWISE) for category in row.categories}


def least(category: Category, *, asked: bool) -> Least:
    return _OF[category].asked if asked else _OF[category].said
