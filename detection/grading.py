"""Weigh matches by what surrounds them: severity 1 to 5, with the reasons spelt out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from detection.library import Category
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation


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
