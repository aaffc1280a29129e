"""Weigh matches by what surrounds them: severity 1 to 5, with the reasons spelt out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from detection.ages import YOUNGEST, band_of
from detection.bare_words import is_bare
from detection.categories import ConcernRole
from detection.concern_role import role_of
from detection.context import sentence
from detection.counted import counted, counts_for
from detection.filter_tests import said_of
from detection.help_searches import is_for_help
from detection.library import Category
from detection.matcher import Match
from detection.normalise import key
from detection.observation import AgeBand, Channel, Direction, Mark, Observation
from detection.opinion import Opinion, alone, as_match, stance_of
from detection.personal_information.finding import FOUND, HIDDEN
from detection.reading import Reading
from detection.severity import Weighed, weigh
from detection.stated_opinion import StatedOpinion, is_of_library, state
from detection.weak_phrases import lent, why

ENGINE_VERSION = "6"
"""Changes when the same text and library may match otherwise."""
POLICY_VERSION = "10"
"""Changes when the same matches may be graded otherwise."""


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
    opinion: StatedOpinion | None = None
    """None where nobody was asked for a second one."""
    before: tuple[Earlier, ...] = ()
    library_version: str
    engine_version: str
    policy_version: str
    model_version: str = ""


def grade(
    observation: Observation,
    matches: list[Match],
    *,
    library_version: str,
    youngest: AgeBand = YOUNGEST,
    sought: frozenset[Category] = frozenset(),
    opinion: Opinion | None = None,
    readings: Sequence[tuple[Reading, list[Match]]] = (),
) -> Detection | None:
    """None where neither a phrase nor the second opinion gives cause. ``sought`` as for ``weigh``.

    ``readings``: what else the text says, with what was found there."""
    band = band_of(observation.subject, youngest)
    counts = opinion is not None and counts_for(opinion.category, observation) and not is_bare(observation.text)
    kept = counted(matches, band, observation, lent(opinion if counts else None, observation))
    hidden = [each for reading, found in readings for each in _behind(observation, reading, found, band, sought)]
    said = [*kept, *(each.match for each in hidden)]
    severity = alone(opinion, observation) if opinion and counts else 0
    if opinion and severity and not _said(said, opinion.category, severity):
        kept.append(as_match(opinion, observation.text, severity))
    second = stance_of(opinion, observation)
    grades = [*(weigh(observation, match, band, sought, second) for match in kept), *_once_each(hidden)]
    if not grades:
        return None
    grades.sort(key=_rank, reverse=True)
    matched = [each.match for each in grades]
    lead = grades[0]
    category = lead.match.phrase.category
    marked = _marked(observation, grades)
    role, whose = role_of(marked, lead.match.phrase)
    return Detection(
        observation=marked,
        matches=tuple(matched),
        category=category,
        severity=lead.severity,
        score=_score(lead.severity, grades),
        role=role,
        reasons=(*lead.reasons, *why(lead.match.phrase, matched), *_others(grades), *said_of(observation.app), whose),
        once=once_key(observation, lead.match),
        opinion=state(opinion, _hidden(observation, grades), grades) if opinion else None,
        library_version=library_version,
        engine_version=ENGINE_VERSION,
        policy_version=POLICY_VERSION,
        model_version=opinion.version if opinion else "",
    )


def once_key(observation: Observation, lead: Match) -> str:
    """The same for the same sentence of the same person in the same conversation, whatever the channel."""
    start, end = sentence(observation.text, lead.start, lead.end)
    parts = (observation.subject.key, observation.conversation or observation.app, key(observation.text[start:end]))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _behind(
    observation: Observation,
    reading: Reading,
    matches: list[Match],
    band: AgeBand,
    sought: frozenset[Category],
) -> list[Weighed]:
    """Weighed by the words they stand among in the reading, and put where they stand in what was written."""
    read = replace(observation, text=reading.text)
    weighed: list[Weighed] = []
    for match in counted(matches, band, observation):
        if origin := reading.origin(match.start, match.end):
            start, end = origin
            each = weigh(read, match, band, sought)
            reasons = (each.reasons[0], reading.said(match.start, match.end), *each.reasons[1:])
            stood = replace(match, start=start, end=end, written=observation.text[start:end])
            weighed.append(replace(each, match=stood, reasons=reasons))
    return weighed


def _once_each(hidden: list[Weighed]) -> list[Weighed]:
    """The same phrase in the same place may be read in two ways."""
    return list({(each.match.phrase.id, each.match.start, each.match.end): each for each in hidden}.values())


def _said(matches: list[Match], category: Category, severity: int) -> bool:
    """Whether a phrase says as much already."""
    return any(match.phrase.category is category and match.phrase.severity >= severity for match in matches)


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
    phrases = [each.match.phrase for each in grades if is_of_library(each.match.phrase.id)]
    areas = dict.fromkeys(phrase.category.replace("-", " ") for phrase in phrases)
    count = len({phrase.id for phrase in phrases} - {lead.id})
    if not count:
        return ()
    noun = "phrase" if count == 1 else "phrases"
    return (f"{count} more {noun} of the library found with it, under {', '.join(areas)}.",)


def _hidden(observation: Observation, grades: list[Weighed]) -> Observation:
    """As long as before; what was found to be somebody's number or password is not repeated."""
    text = observation.text
    for each in grades:
        if each.match.phrase.id.startswith(FOUND):
            start, end = each.match.start, each.match.end
            text = text[:start] + HIDDEN * (end - start) + text[end:]
    return replace(observation, text=text)


def _marked(observation: Observation, grades: list[Weighed]) -> Observation:
    """Somebody who asks for help is told from somebody who does not; what a page says about help is not theirs."""
    if observation.direction is not Direction.WRITTEN:
        return observation
    phrases = tuple(each.match.phrase for each in grades)
    searched = observation.channel is Channel.SEARCH and is_for_help(observation.text, phrases)
    if not searched and not any(each.around.help_seeking for each in grades):
        return observation
    return replace(observation, marks=observation.marks | {Mark.HELP_SEEKING})
