"""How sure a second reader must be before what it reads counts, by what it reads like and where (docs/severity.md).

Where it mistakes little that is harmless it is believed sooner; insults and requests look most like what everybody
writes, and of messages there are many about being ill, bruises, chores and cross parents. Chosen on sets that it was
not trained on (docs/accuracy.md).
"""

from dataclasses import dataclass

from detection.library import Category
from detection.observation import Channel


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
    told: Least
    """In messages, of which a pupil writes dozens a day."""
    said: Least
    """In what else people write."""


ASKED = frozenset({Channel.SEARCH, Channel.PROMPT})
CONFIRMS = 0.5
"""From which probability on it confirms a phrase that counts for a 2, whatever it reads: two readers then agree."""

_C = Category
_OWN = frozenset({_C.ABUSE, _C.HONOUR_ABUSE, _C.SEXUAL_HARASSMENT})
NEEDED = (
    Needed(frozenset({_C.DISTRESS}), Least(0.5, 0.43), told=Least(0.58, 0.36), said=Least(0.36, 0.25)),
    Needed(frozenset({_C.SELF_HARM, _C.SUICIDE}), Least(0.6, 0.52), told=Least(0.66, 0.35), said=Least(0.4, 0.25)),
    Needed(_OWN, Least(0.6, 0.52), told=Least(0.5, 0.44), said=Least(0.48, 0.45)),
    Needed(frozenset({_C.MISOGYNY}), Least(0.65, 0.6), told=Least(0.7, 0.5), said=Least(0.7, 0.5)),
    Needed(frozenset({_C.EATING_DISORDER}), Least(0.6, 0.55), told=Least(0.45, 0.3), said=Least(0.25, 0.2)),
    Needed(frozenset({_C.EXPLOITATION}), Least(0.76, 0.6), told=Least(0.85, 0.4), said=Least(0.5, 0.4)),
    Needed(frozenset({_C.GROOMING}), Least(0.85, 0.75), told=Least(0.57, 0.47), said=Least(0.62, 0.5)),
    Needed(frozenset({_C.EXTREMISM}), Least(0.75, 0.7), told=Least(0.62, 0.5), said=Least(0.62, 0.5)),
    Needed(frozenset({_C.DRUGS}), Least(0.88, 0.75), told=Least(0.62, 0.5), said=Least(0.62, 0.5)),
    Needed(frozenset({_C.DISCRIMINATION}), Least(0.83, 0.72), told=Least(0.74, 0.55), said=Least(0.74, 0.55)),
    Needed(frozenset({_C.ILLEGAL}), Least(0.88, 0.81), told=Least(0.9, 0.8), said=Least(0.9, 0.8)),
    Needed(frozenset({_C.VIOLENCE}), Least(0.8, 0.75), told=Least(0.9, 0.8), said=Least(0.9, 0.8)),
    Needed(frozenset({_C.BULLYING}), Least(0.85, 0.78), told=Least(0.8, 0.76), said=Least(0.85, 0.82)),
    Needed(frozenset({_C.HACKING}), Least(0.87, 0.8), told=Least(0.85, 0.82), said=Least(0.85, 0.82)),
)
_REST = Least(0.88, 0.76)
OTHERWISE = Needed(frozenset(_C).difference(*(row.categories for row in NEEDED)), _REST, told=_REST, said=_REST)
_OF = {category: row for row in (*NEEDED, OTHERWISE) for category in row.categories}


def least(category: Category, channel: Channel) -> Least:
    needed = _OF[category]
    if channel in ASKED:
        return needed.asked
    return needed.told if channel is Channel.MESSAGE else needed.said
