"""How grave one match is: its phrase's severity, moved step by step by what surrounds it (docs/severity.md)."""

from dataclasses import dataclass

from detection.ages import by_age
from detection.categories import AREAS
from detection.context import Surroundings, read
from detection.disguise import is_outright
from detection.library import Category, Phrase, Stage, Voice
from detection.matcher import Match
from detection.observation import AgeBand, Channel, Direction, Observation
from detection.opinion import GIVEN_AWAY, Stance
from detection.personal_information.finding import FOUND

_OWN_LIFE = frozenset({
    Category.ABUSE, Category.EXPLOITATION, Category.GROOMING, Category.HONOUR_ABUSE, Category.SELF_HARM,
    Category.SUICIDE,
})  # fmt: skip
"""Asking for help about these is no less urgent."""
_GRAVE = 4
TALK = frozenset({Channel.MESSAGE, Channel.MAIL})
AIMED_AT_SOMEONE = frozenset({
    Category.BULLYING, Category.DISCRIMINATION, Category.EXPLOITATION, Category.GROOMING, Category.MISOGYNY,
    Category.SEXUAL_HARASSMENT, Category.VIOLENCE,
})  # fmt: skip
"""Done to whoever it is sent to: a threat or a groomer's request in a chat is no mere reading matter."""
_REPEATED_TO_REJECT = frozenset({Category.BULLYING, Category.DISCRIMINATION, Category.MISOGYNY})
"""Where those who object have to say the words."""
CALMED = "The second opinion finds nothing in the text: lowered by one."
CONFIRMED = "The second opinion reads concern in the text as well: raised to 3."
_NAMES_OF_THINGS = {Channel.URL: "an address", Channel.FILE_NAME: "a file name", Channel.DNS: "a host name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A match with what it counts for here, and why."""

    match: Match
    around: Surroundings
    severity: int
    reasons: tuple[str, ...]


def weigh(
    observation: Observation,
    match: Match,
    band: AgeBand = AgeBand.SECONDARY,
    sought: frozenset[Category] = frozenset(),
    second: Stance = Stance.OPEN,
) -> Weighed:
    """``sought``: of which categories the same person wrote or looked for something in the minutes before.
    ``second``: how the second opinion stands to the text."""
    around = read(observation.text, match)
    category = match.phrase.category
    severity, reasons = match.phrase.severity, [_found(match)]
    steps = [_by_direction(observation, match.phrase, category in sought), _by_channel(observation)]
    of_library = not match.phrase.id.startswith((GIVEN_AWAY, FOUND))
    if of_library:  # whoever found the others has read the words around already
        person = _by_person(match.phrase, around)
        steps = [person, *steps, _by_context(observation, match, around), _by_calm(observation, match, around, second)]
    for lowered_by, at_most, reason in steps:
        severity = max(1, min(severity - lowered_by, at_most))
        reasons += [reason] if reason else []
    if of_library and second is Stance.CONCERNED and severity == 2:
        severity = 3
        reasons.append(CONFIRMED)
    severity, reason = by_age(category, band, severity)
    reasons += [reason] if reason else []
    if severity > AREAS[category].highest:
        severity = AREAS[category].highest
        reasons.append(f"{AREAS[category].title} is kept at {severity} or lower.")
    return Weighed(match=match, around=around, severity=severity, reasons=tuple(reasons))


_Step = tuple[int, int, str]
"""Lowered by, at most, why."""
_UNCHANGED: _Step = (0, 5, "")


def _found(match: Match) -> str:
    phrase = match.phrase
    if phrase.id.startswith(FOUND):
        return f"{phrase.gloss}: “{match.written}”."
    area = phrase.category.replace("-", " ")
    if phrase.id.startswith(GIVEN_AWAY):
        return f"The second opinion reads it as {area}: counted as severity {phrase.severity}."
    return f"“{match.written}” is in the library under {area}, severity {phrase.severity}: {phrase.gloss.rstrip('.')}."


def _by_person(phrase: Phrase, around: Surroundings) -> _Step:
    """What is neither about oneself, nor at somebody, nor a plan is at most a matter of days."""
    told = phrase.voice is not Voice.UNSAID or phrase.stage in (Stage.PLAN, Stage.METHOD, Stage.DISCLOSURE)
    if phrase.severity > 3 and not (told or around.first_person or around.aimed):
        return 0, 3, "Neither in the first person, nor at a person, nor a plan: kept at 3 or lower."
    return _UNCHANGED


def _by_direction(observation: Observation, phrase: Phrase, sought: bool) -> _Step:
    category = phrase.category
    if observation.direction is Direction.SENT_BY_PAGE:
        return 0, 2, "Sent by a page in the person's name, not known to be their own words: kept at 2 or lower."
    if observation.direction is Direction.SHOWN:
        if observation.channel in TALK and category in AIMED_AT_SOMEONE:
            return 1, 5, "Sent to the person, who may be its target: lowered by one only."
        if sought:
            return 1, 5, "Shown to the person, who looked for the like within the last minutes: lowered by one only."
        if phrase.stage is Stage.METHOD:
            return 1, 3, "Shown to the person, but it says how it is done: lowered by one, and kept at 3 or lower."
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
    firm = match.phrase.stage in (Stage.PLAN, Stage.DISCLOSURE)
    if around.help_seeking and written:
        return _asking_for_help(firm or category in _OWN_LIFE)
    if around.negated and not (firm and category in _OWN_LIFE):
        lowered = 1 if category in _OWN_LIFE or category is Category.DISTRESS else 2
        return lowered, 5, "The words are denied or turned round (“not”, “never”): lowered."
    if around.rejected and category in _REPEATED_TO_REJECT and not firm:
        return 2, 5, "Somebody else's words, repeated in order to reject them: lowered by two."
    own = written and (around.first_person or match.phrase.voice is Voice.OWN or firm)
    if around.setting and not own:
        return 1, 5, f"The words around it are those of {around.setting}: lowered by one."
    if around.setting:
        return 0, 5, f"Near words of {around.setting}, but in the first person: not lowered."
    return _UNCHANGED


def is_firm(phrase: Phrase) -> bool:
    """Nothing that the second opinion fails to see in the text lowers it."""
    own = phrase.voice is Voice.OWN and phrase.category in _OWN_LIFE
    return own or phrase.stage in (Stage.PLAN, Stage.DISCLOSURE)


def _is_own_danger(observation: Observation, phrase: Phrase, around: Surroundings) -> bool:
    """The phrase itself may not say whose danger it is; the writer does: “i”, “me” stand with it."""
    grave = phrase.severity >= _GRAVE and phrase.category in _OWN_LIFE
    return grave and around.first_person and observation.direction is Direction.WRITTEN


def _by_calm(observation: Observation, match: Match, around: Surroundings, second: Stance) -> _Step:
    """It reads what is written, and sees nothing in words that are disguised."""
    instructs = match.phrase.stage is Stage.METHOD and observation.direction is Direction.SHOWN
    spared = instructs or is_firm(match.phrase) or _is_own_danger(observation, match.phrase, around)
    if second is Stance.CALM and not spared and is_outright(match.written):
        return 1, 5, CALMED
    return _UNCHANGED


def _asking_for_help(no_less_urgent: bool) -> _Step:
    if no_less_urgent:
        return 0, 5, "The person seems to be asking for help, for themselves or a friend: marked, and not lowered."
    return 1, 5, "The person seems to be asking for help, for themselves or a friend: marked, and lowered by one."
