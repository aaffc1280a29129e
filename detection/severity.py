"""How grave one match is: its phrase's severity, lowered step by step by what surrounds it. Nothing raises it."""

from dataclasses import dataclass

from detection.context import Surroundings, read
from detection.library import Category
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation

_LOW_AT_MOST = {
    Category.GAMBLING: "Gambling",
    Category.PERSONAL_INFORMATION: "Giving away personal information",
    Category.BYPASS: "Getting round the school's filter",
    Category.PORNOGRAPHY: "Pornography",
}
_OWN_LIFE = frozenset({Category.ABUSE, Category.GROOMING, Category.SELF_HARM, Category.SUICIDE})
"""Asking for help about these is no less urgent."""
TALK = frozenset({Channel.MESSAGE, Channel.MAIL})
AIMED_AT_SOMEONE = frozenset({Category.BULLYING, Category.DISCRIMINATION, Category.GROOMING, Category.VIOLENCE})
"""Done to whoever it is sent to: a threat or a groomer's request in a chat is no mere reading matter."""
_NAMES_OF_THINGS = {Channel.URL: "an address", Channel.FILE_NAME: "a file name", Channel.DNS: "a host name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A match with what it counts for here, and why."""

    match: Match
    around: Surroundings
    severity: int
    reasons: tuple[str, ...]


def weigh(observation: Observation, match: Match) -> Weighed:
    around = read(observation.text, match)
    severity, reasons = match.phrase.severity, [_found(match)]
    steps = (
        _by_direction(observation, match.phrase.category),
        _by_channel(observation),
        _by_context(observation, match, around),
        _by_category(match.phrase.category, severity),
    )
    for lowered_by, at_most, reason in steps:
        severity = max(1, min(severity - lowered_by, at_most))
        reasons += [reason] if reason else []
    return Weighed(match=match, around=around, severity=severity, reasons=tuple(reasons))


_Step = tuple[int, int, str]
"""Lowered by, at most, why."""
_UNCHANGED: _Step = (0, 5, "")


def _found(match: Match) -> str:
    phrase = match.phrase
    area = phrase.category.replace("-", " ")
    return f"“{match.written}” is in the library under {area}, severity {phrase.severity}: {phrase.gloss.rstrip('.')}."


def _by_direction(observation: Observation, category: Category) -> _Step:
    if observation.direction is Direction.SENT_BY_PAGE:
        return 0, 2, "Sent by a page in the person's name, not known to be their own words: kept at 2 or lower."
    if observation.direction is Direction.SHOWN:
        if observation.channel in TALK and category in AIMED_AT_SOMEONE:
            return 1, 5, "Sent to the person, who may be its target: lowered by one only."
        lowered = 1 if observation.channel in TALK else 2
        return lowered, 2, "Shown to the person, not written by them: lowered, and kept at 2 or lower."
    return _UNCHANGED


def _by_channel(observation: Observation) -> _Step:
    if name := _NAMES_OF_THINGS.get(observation.channel):
        return 0, 2, f"Found in {name}, which is seldom the person's own wording: kept at 2 or lower."
    return _UNCHANGED


def _by_context(observation: Observation, match: Match, around: Surroundings) -> _Step:
    category = match.phrase.category
    written = observation.direction is Direction.WRITTEN
    if around.help_seeking and written:
        return _asking_for_help(category)
    if around.negated:
        lowered = 1 if category in _OWN_LIFE or category is Category.DISTRESS else 2
        return lowered, 5, "The words are denied or turned round (“not”, “never”): lowered."
    own = around.first_person and written
    if around.setting and not own:
        return 1, 5, f"The words around it are those of {around.setting}: lowered by one."
    if around.setting:
        return 0, 5, f"Near words of {around.setting}, but in the first person: not lowered."
    return _UNCHANGED


def _asking_for_help(category: Category) -> _Step:
    if category in _OWN_LIFE:
        return 0, 5, "The person seems to be asking for help, for themselves or a friend: marked, and not lowered."
    return 1, 5, "The person seems to be asking for help, for themselves or a friend: marked, and lowered by one."


def _by_category(category: Category, severity: int) -> _Step:
    if category in _LOW_AT_MOST:
        return 0, 2, f"{_LOW_AT_MOST[category]} is kept at 2 or lower." if severity > 2 else ""
    return _UNCHANGED
