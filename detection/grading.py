"""Weigh matches by what surrounds them: severity 1 to 5, with the reasons spelt out."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from detection.context import sentence
from detection.library import Category
from detection.matcher import Match
from detection.normalise import key
from detection.observation import AgeBand, Channel, Direction, Mark, Observation
from detection.severity import AIMED_AT_SOMEONE, TALK, Weighed, weigh

ENGINE_VERSION = "1"
"""Changes when the same text and library may match otherwise."""
POLICY_VERSION = "1"
"""Changes when the same matches may be graded otherwise."""


class ConcernRole(StrEnum):
    AT_RISK = "at-risk"
    MAY_HARM = "may-harm-others"
    CONDUCT = "conduct"
    EXPOSED = "only-exposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One thing the same person wrote or saw in the minutes before."""

    seen_at: datetime
    channel: Channel
    direction: Direction
    app: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """An observation that matched the library, graded."""

    observation: Observation
    matches: tuple[Match, ...]
    """The lead match (the one that set category and severity) first."""
    category: Category
    severity: int
    score: float
    """0 to 1, finer than the severity, for ranking."""
    role: ConcernRole
    reasons: tuple[str, ...]
    """Whole sentences for the reviewer."""
    once: str
    """SHA-256 (hex) over person, conversation and the lead match's normalised sentence: the same within
    10 minutes, in any channel, is one."""
    before: tuple[Earlier, ...] = ()
    library_version: str
    engine_version: str
    policy_version: str
    model_version: str = ""


_ROLES = {
    Category.ABUSE: ConcernRole.AT_RISK,
    Category.BULLYING: ConcernRole.MAY_HARM,
    Category.BYPASS: ConcernRole.CONDUCT,
    Category.DISCRIMINATION: ConcernRole.MAY_HARM,
    Category.DISTRESS: ConcernRole.AT_RISK,
    Category.DRUGS: ConcernRole.CONDUCT,
    Category.EATING_DISORDER: ConcernRole.AT_RISK,
    Category.EXTREMISM: ConcernRole.MAY_HARM,
    Category.GAMBLING: ConcernRole.CONDUCT,
    Category.GROOMING: ConcernRole.AT_RISK,
    Category.ILLEGAL: ConcernRole.CONDUCT,
    Category.PERSONAL_INFORMATION: ConcernRole.AT_RISK,
    Category.PORNOGRAPHY: ConcernRole.CONDUCT,
    Category.SELF_HARM: ConcernRole.AT_RISK,
    Category.SUICIDE: ConcernRole.AT_RISK,
    Category.VIOLENCE: ConcernRole.MAY_HARM,
}
_ROLE_REASONS = {
    ConcernRole.AT_RISK: "The person may be at risk.",
    ConcernRole.MAY_HARM: "The person may be harming someone else.",
    ConcernRole.CONDUCT: "This is about the person's conduct.",
    ConcernRole.EXPOSED: "The person was only exposed to it.",
}


def grade(observation: Observation, matches: list[Match], *, library_version: str) -> Detection | None:
    """None where no match applies to this person. Nothing is ever graded above its phrase's own severity."""
    kept = [match for match in matches if _meant_for(match, observation.subject.age_band)]
    if not kept:
        return None
    grades = sorted((weigh(observation, match) for match in kept), key=_rank, reverse=True)
    lead = grades[0]
    category = lead.match.phrase.category
    role, why = _role(observation, category)
    return Detection(
        observation=_marked(observation, grades),
        matches=tuple(each.match for each in grades),
        category=category,
        severity=lead.severity,
        score=_score(lead.severity, grades),
        role=role,
        reasons=(*lead.reasons, *_others(grades), why),
        once=once_key(observation, lead.match),
        library_version=library_version,
        engine_version=ENGINE_VERSION,
        policy_version=POLICY_VERSION,
    )


def once_key(observation: Observation, lead: Match) -> str:
    """The same for the same sentence of the same person in the same conversation, whatever the channel."""
    start, end = sentence(observation.text, lead.start, lead.end)
    parts = (observation.subject.key, observation.conversation or observation.app, key(observation.text[start:end]))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _meant_for(match: Match, band: AgeBand) -> bool:
    return band is AgeBand.UNKNOWN or not match.phrase.ages or band in match.phrase.ages


def _rank(each: Weighed) -> tuple[int, int, int, int]:
    """The gravest leads; of equals the longer match, then the earlier."""
    return each.severity, each.match.phrase.severity, each.match.end - each.match.start, -each.match.start


def _score(severity: int, grades: list[Weighed]) -> float:
    """Within a severity: more different phrases, and longer ones, rank higher."""
    different = {each.match.phrase.id: each for each in grades}.values()
    weight = sum(each.severity * (1 + len(each.match.phrase.text.split())) for each in different)
    return round((severity - 1 + weight / (weight + 20)) / 5, 4)


def _others(grades: list[Weighed]) -> tuple[str, ...]:
    lead = grades[0].match.phrase
    areas = dict.fromkeys(each.match.phrase.category.replace("-", " ") for each in grades)
    count = len({each.match.phrase.id for each in grades} - {lead.id})
    if not count:
        return ()
    noun = "phrase" if count == 1 else "phrases"
    return (f"{count} more {noun} of the library found with it, under {', '.join(areas)}.",)


def _role(observation: Observation, category: Category) -> tuple[ConcernRole, str]:
    if observation.direction is not Direction.SHOWN:
        role = _ROLES[category]
        return role, _ROLE_REASONS[role]
    if observation.channel in TALK and category in AIMED_AT_SOMEONE:
        return ConcernRole.AT_RISK, "It was sent to the person, who may be its target."
    return ConcernRole.EXPOSED, _ROLE_REASONS[ConcernRole.EXPOSED]


def _marked(observation: Observation, grades: list[Weighed]) -> Observation:
    """Somebody who asks for help is told from somebody who does not; what a page says about help is not theirs."""
    asks = observation.direction is Direction.WRITTEN and any(each.around.help_seeking for each in grades)
    if not asks:
        return observation
    return replace(observation, marks=observation.marks | {Mark.HELP_SEEKING})
