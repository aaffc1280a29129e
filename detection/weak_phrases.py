"""Phrases that are weak by themselves count where their weights come to enough in one text (docs/severity.md)."""

from collections import Counter
from collections.abc import Mapping

from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Direction, Observation
from detection.opinion import CALM, Opinion
from detection.sureness import CONFIRMS

ENOUGH = 100
"""What the weights of a category's weak phrases must add up to in one text."""
_INSULTS = (Category.BULLYING, Category.DISCRIMINATION, Category.MISOGYNY)
LENT = {Category.DISTRESS: (CALM, 66)} | dict.fromkeys(_INSULTS, (CONFIRMS, 50))
"""From which probability on a second opinion adds how much: where it finds more than nothing, one clear sign of
distress is enough; where it is of concern, a scornful word is."""


def lent(opinion: Opinion | None, observation: Observation) -> Mapping[Category, int]:
    """By category, and only to what the person wrote: what a page says is no sign of them."""
    if opinion is None or observation.direction is not Direction.WRITTEN:
        return {}
    return {category: weight for category, (least, weight) in LENT.items() if opinion.probability >= least}


def heavy_enough(matches: list[Match], added: Mapping[Category, int]) -> list[Match]:
    """Without the weak phrases of a category whose weights, with what is added, do not come to enough here."""
    sums = _sums(matches) + Counter(added)
    return [match for match in matches if not match.phrase.weight or sums[match.phrase.category] >= ENOUGH]


def why(lead: Phrase, matches: list[Match]) -> tuple[str, ...]:
    """Why a weak phrase counts, for the reviewer. ``matches`` as ``heavy_enough`` left them."""
    if not lead.weight:
        return ()
    if _sums(matches)[lead.category] >= ENOUGH:
        return ("By itself it would be too little: several signs come together.",)
    return ("By itself it would be too little: the second opinion finds some concern as well.",)


def _sums(matches: list[Match]) -> Counter[Category]:
    sums: Counter[Category] = Counter()
    for phrase in {match.phrase.id: match.phrase for match in matches}.values():
        sums[phrase.category] += phrase.weight
    return sums
