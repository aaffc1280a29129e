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
CONFIRMS = 0.65
"""From which probability on it confirms a phrase that counts for a 2, whatever it reads: two readers then agree."""

_C = Category
_OWN = frozenset({_C.ABUSE, _C.HONOUR_ABUSE, _C.SEXUAL_HARASSMENT})
NEEDED = (
    Needed(frozenset({_C.DISTRESS}), Least(0.64, 0.5), told=Least(0.72, 0.4), said=Least(0.42, 0.25)),
    Needed(frozenset({_C.SELF_HARM, _C.SUICIDE}), Least(0.74, 0.55), told=Least(0.76, 0.4), said=Least(0.48, 0.25)),
    Needed(_OWN, Least(0.6, 0.5), told=Least(0.62, 0.46), said=Least(0.55, 0.45)),
    Needed(frozenset({_C.MISOGYNY}), Least(0.78, 0.6), told=Least(0.72, 0.5), said=Least(0.74, 0.55)),
    Needed(frozenset({_C.EATING_DISORDER}), Least(0.75, 0.55), told=Least(0.65, 0.35), said=Least(0.28, 0.2)),
    Needed(frozenset({_C.EXPLOITATION}), Least(0.88, 0.65), told=Least(0.77, 0.5), said=Least(0.55, 0.4)),
    Needed(frozenset({_C.GROOMING}), Least(0.9, 0.75), told=Least(0.72, 0.5), said=Least(0.7, 0.55)),
    Needed(frozenset({_C.EXTREMISM}), Least(0.86, 0.7), told=Least(0.7, 0.5), said=Least(0.66, 0.5)),
    Needed(frozenset({_C.DRUGS}), Least(0.94, 0.75), told=Least(0.62, 0.5), said=Least(0.62, 0.5)),
    Needed(frozenset({_C.DISCRIMINATION}), Least(0.93, 0.75), told=Least(0.84, 0.6), said=Least(0.78, 0.55)),
    Needed(frozenset({_C.ILLEGAL}), Least(0.93, 0.85), told=Least(0.9, 0.8), said=Least(0.9, 0.8)),
    Needed(frozenset({_C.VIOLENCE}), Least(0.92, 0.8), told=Least(0.8, 0.7), said=Least(0.85, 0.75)),
    Needed(frozenset({_C.BULLYING}), Least(0.93, 0.8), told=Least(0.82, 0.7), said=Least(0.9, 0.85)),
    Needed(frozenset({_C.HACKING}), Least(0.94, 0.82), told=Least(0.85, 0.82), said=Least(0.85, 0.82)),
)
_REST, _REST_ASKED = Least(0.88, 0.76), Least(0.93, 0.76)
OTHERWISE = Needed(frozenset(_C).difference(*(row.categories for row in NEEDED)), _REST_ASKED, told=_REST, said=_REST)
_OF = {category: row for row in (*NEEDED, OTHERWISE) for category in row.categories}


def least(category: Category, channel: Channel) -> Least:
    needed = _OF[category]
    if channel in ASKED:
        return needed.asked
    return needed.told if channel is Channel.MESSAGE else needed.said
