"""The second opinion as a detection carries it, apart from the phrases: what it reads, and what that counted for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from detection.library import Category
from detection.observation import Observation
from detection.opinion import CALM, GIVEN_AWAY, Opinion, severity_of
from detection.severity import CALMED, CONFIRMED, Weighed

LONGEST_PASSAGE = 300


class Effect(StrEnum):
    """What it counted for beside the phrases."""

    RAISED = "raised"
    """It is grave enough by itself, and no phrase says as much."""
    AGREED = "agreed"
    """It would be, but a phrase says as much already."""
    CONFIRMED = "confirmed"
    """A phrase counts for a 2, and the second opinion is of concern as well: a 3."""
    LOWERED = "lowered"
    """It finds nothing, so that the leading phrase counts one less."""
    OVERRULED = "overruled"
    """It finds nothing, but what leads is lowered by nothing but its context, or was not written outright."""
    UNSURE = "unsure"
    """Neither sure enough to raise nor to lower."""


HARMLESS = frozenset({Effect.LOWERED, Effect.OVERRULED})
"""With these it finds nothing in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedOpinion:
    category: Category
    """What it reads like most, if it is of concern at all."""
    probability: float
    """That it is of concern at all, 0 to 1: how sure, not how grave."""
    passage: str
    """What weighed most, as written; its beginning, if it has more than 300 characters."""
    effect: Effect
    version: str


def state(opinion: Opinion, observation: Observation, grades: Sequence[Weighed]) -> StatedOpinion:
    """``grades``: of everything that counts in the observation, the leading one first."""
    return StatedOpinion(
        category=opinion.category,
        probability=opinion.probability,
        passage=_bounded(observation.text[opinion.start : opinion.end].strip()),
        effect=_effect(opinion, observation, grades),
        version=opinion.version,
    )


def is_of_library(phrase_id: str) -> bool:
    """Or else it stands for the passage of the second opinion, so that this is marked and drawn like a phrase."""
    return not phrase_id.startswith(GIVEN_AWAY)


def likely(probability: float) -> str:
    """In whole percent; what is rounded never looks certain."""
    percent = round(100 * probability)
    return "under 1\u00a0%" if percent < 1 else "over 99\u00a0%" if percent > 99 else f"{percent}\u00a0%"


def combined(effect: Effect, found: Sequence[str]) -> str:
    """How phrases and second opinion came together, for the reviewer. ``found``: ids, the leading one first."""
    if effect is not Effect.RAISED:
        return _COMBINED[effect]
    if not any(map(is_of_library, found)):
        return "No phrase of the library matches; only the second opinion raised it."
    leads = "a phrase leads" if is_of_library(found[0]) else "the second opinion leads"
    return f"Phrases and second opinion are not added up: the graver sets the severity. Here {leads}."


_COMBINED = {
    Effect.AGREED: "A phrase says as much already: the second opinion agrees, and changes nothing.",
    Effect.CONFIRMED: "A phrase counts for a 2 and the second opinion reads concern as well: together a 3.",
    Effect.LOWERED: "The second opinion finds nothing in it, so the leading phrase counts one less.",
    Effect.OVERRULED: "The second opinion finds nothing in it, but lowers nothing: "
    "what leads tells of danger to oneself, of a plan or of harm done, or is no phrase that stands there outright.",
    Effect.UNSURE: "The second opinion is not sure enough to count: the phrases alone set the severity.",
}


def _effect(opinion: Opinion, observation: Observation, grades: Sequence[Weighed]) -> Effect:
    if opinion.probability < CALM:
        return Effect.LOWERED if CALMED in grades[0].reasons else Effect.OVERRULED
    if not all(is_of_library(each.match.phrase.id) for each in grades):
        return Effect.RAISED
    if CONFIRMED in grades[0].reasons:
        return Effect.CONFIRMED
    return Effect.AGREED if severity_of(opinion, observation.channel) else Effect.UNSURE


def _bounded(passage: str) -> str:
    return passage if len(passage) <= LONGEST_PASSAGE else passage[: LONGEST_PASSAGE - 1] + "…"
