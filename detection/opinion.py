"""What a second reader makes of a text, and what that is worth beside the phrases (docs/severity.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation
from detection.sureness import ASKED, CONFIRMS, least


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    category: Category
    """What it reads like most, if it is of concern at all."""
    probability: float
    """That it is of concern at all, 0 to 1."""
    start: int
    end: int
    """The passage that weighed most, as a half-open range of the text."""
    version: str


class Reads(Protocol):
    """A second reader."""

    version: str

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion | None:
        """``near``: of nothing but the passages in which one of these half-open ranges of the text begins."""


CALM = 0.05
"""Below this the reader finds nothing in it: a phrase then counts one less."""
FEWEST_WORDS = 3
"""Of something said, so that it is believed without a phrase: of one or two it makes anything (“my stepdad”)."""
GIVEN_AWAY = "model."
"""How the id of a phrase begins that no library holds."""


def severity_of(opinion: Opinion, channel: Channel) -> int:
    """What the second reader alone makes of it: 3 at the most, 0 for nothing."""
    needed = least(opinion.category, channel)
    if opinion.probability >= needed.raised:
        return 3
    return 2 if opinion.probability >= needed.noted else 0


class Stance(Enum):
    """How a second reader stands to the phrases that were found."""

    OPEN = auto()
    """Nobody was asked, or they are not sure."""
    CALM = auto()
    """They find nothing in the text."""
    CONCERNED = auto()
    """They read concern in it, sure enough to confirm a phrase."""


def stance_of(opinion: Opinion | None, observation: Observation) -> Stance:
    """Of what the person did not write they are never concerned: it says nothing of the person."""
    if opinion is None:
        return Stance.OPEN
    if opinion.probability < CALM:
        return Stance.CALM
    written = observation.direction is Direction.WRITTEN
    return Stance.CONCERNED if written and opinion.probability >= CONFIRMS else Stance.OPEN


def alone(opinion: Opinion, observation: Observation) -> int:
    """The severity it gives an observation without any phrase; none to what the person did not write, and to one or two
    words that do not ask for anything."""
    if observation.direction is not Direction.WRITTEN:
        return 0
    if observation.channel not in ASKED and len(observation.text.split()) < FEWEST_WORDS:
        return 0
    return severity_of(opinion, observation.channel)


def as_match(opinion: Opinion, text: str, severity: int) -> Match:
    """So that it is shown, counted and drawn like a phrase that was found."""
    area = opinion.category.replace("-", " ")
    phrase = Phrase(
        id=f"{GIVEN_AWAY}{opinion.category}",
        text=f"reads like {area}",
        category=opinion.category,
        severity=severity,
        gloss="No phrase of the library; the second opinion reads it so",
    )
    return Match(phrase, opinion.start, opinion.end, text[opinion.start : opinion.end])
