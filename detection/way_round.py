"""What a lookup or a firewall tells of a way round the filter, as a match like any other."""

from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Observation
from detection.personal_information.finding import FOUND


def way_round(observation: Observation, kind: str, *, text: str, severity: int, did: str) -> list[Match]:
    """As a phrase that stands for the whole observation. ``did``: what the device did, in words."""
    phrase = Phrase(
        id=f"{FOUND}{kind}",
        text=text,
        category=Category.BYPASS,
        severity=severity,
        gloss=f"{did}, by which the filter can be got round",
    )
    return [Match(phrase, 0, len(observation.text), observation.text)]
