"""Which matches count at all: for this person, in this channel, and beside the others."""

from collections.abc import Iterable, Mapping

from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import AgeBand, Direction, Observation, PersonRole
from detection.weak_phrases import heavy_enough

NOTHING: Mapping[Category, int] = {}


def counted(
    matches: Iterable[Match], band: AgeBand, observation: Observation, added: Mapping[Category, int] = NOTHING
) -> list[Match]:
    """Those that do, in their order. ``band``: the person's age; ``added``: to the weights of weak phrases."""
    return heavy_enough([match for match in matches if is_meant_for(match.phrase, band, observation)], added)


def counts_for(category: Category, observation: Observation) -> bool:
    """What is given away of oneself is a pupil's to learn about, in what they write: no page and no member of staff."""
    if category is not Category.PERSONAL_INFORMATION:
        return True
    return observation.direction is Direction.WRITTEN and observation.subject.role is not PersonRole.STAFF


def is_meant_for(phrase: Phrase, band: AgeBand, observation: Observation) -> bool:
    """Whether it may count there at all; if not, it need not be looked for."""
    ages, channels = phrase.ages, phrase.channels
    there = not channels or observation.channel in channels or observation.direction in channels
    return there and (not ages or band in ages) and counts_for(phrase.category, observation)
