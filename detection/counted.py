"""Which matches count at all: for this person, in this channel, and beside the others."""

from collections import Counter
from collections.abc import Iterable

from detection.library import Category
from detection.matcher import Match
from detection.observation import AgeBand, Direction, Observation, PersonRole

ENOUGH = 100
"""What the weights of a category's weak phrases must add up to in one text."""


def counted(matches: Iterable[Match], band: AgeBand, observation: Observation) -> list[Match]:
    """Those that do, in their order. ``band``: the person's age."""
    return _heavy_enough([match for match in matches if _is_meant_for(match, band, observation)])


def counts_for(category: Category, observation: Observation) -> bool:
    """What is given away of oneself is a pupil's to learn about, in what they write: no page and no member of staff."""
    if category is not Category.PERSONAL_INFORMATION:
        return True
    return observation.direction is Direction.WRITTEN and observation.subject.role is not PersonRole.STAFF


def _is_meant_for(match: Match, band: AgeBand, observation: Observation) -> bool:
    ages, channels = match.phrase.ages, match.phrase.channels
    there = not channels or observation.channel in channels or observation.direction in channels
    return there and (not ages or band in ages) and counts_for(match.phrase.category, observation)


def _heavy_enough(matches: list[Match]) -> list[Match]:
    """Without the weak phrases of a category whose weights do not come to 100 here."""
    sums: Counter[Category] = Counter()
    for phrase in {match.phrase.id: match.phrase for match in matches}.values():
        sums[phrase.category] += phrase.weight
    return [match for match in matches if not match.phrase.weight or sums[match.phrase.category] >= ENOUGH]
