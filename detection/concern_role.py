"""What part the person has in it: at risk, may harm somebody, conduct, or only exposed. It steers the pathway."""

from detection.categories import AREAS, ConcernRole
from detection.library import Category, Phrase, Stage, Voice
from detection.observation import Direction, Mark, Observation
from detection.severity import AIMED_AT_SOMEONE, TALK

_ROLE_REASONS = {
    ConcernRole.AT_RISK: "The person may be at risk.",
    ConcernRole.MAY_HARM: "The person may be harming someone else.",
    ConcernRole.CONDUCT: "This is about the person's conduct.",
    ConcernRole.EXPOSED: "The person was only exposed to it.",
}


def role_of(observation: Observation, phrase: Phrase) -> tuple[ConcernRole, str]:
    """By the leading ``phrase`` and the marks of the observation; with the reason, a sentence."""
    if observation.direction is not Direction.SHOWN:
        role = AREAS[phrase.category].role
        if _tells_of_harm(phrase, role):
            return ConcernRole.AT_RISK, "The person tells what is done to them or to somebody else."
        if role is not ConcernRole.AT_RISK and _asks_for_help(observation, phrase):
            return ConcernRole.AT_RISK, "The person seems to be looking for help, for themselves or somebody else."
        return role, _ROLE_REASONS[role]
    if observation.channel in TALK and phrase.category in AIMED_AT_SOMEONE:
        return ConcernRole.AT_RISK, "It was sent to the person, who may be its target."
    return ConcernRole.EXPOSED, _ROLE_REASONS[ConcernRole.EXPOSED]


def _tells_of_harm(phrase: Phrase, role: ConcernRole) -> bool:
    """Where most who write of it do it: bullied, blackmailed, made to steal."""
    if phrase.stage is not Stage.DISCLOSURE:
        return False
    if role is ConcernRole.MAY_HARM:
        return phrase.voice is not Voice.AIMED
    return phrase.category in (Category.HACKING, Category.ILLEGAL) and phrase.voice is Voice.OWN


def _asks_for_help(observation: Observation, phrase: Phrase) -> bool:
    """Who threatens somebody, or asks how it is done, does so whatever help they name beside it."""
    meant = phrase.voice is Voice.AIMED or phrase.stage in (Stage.PLAN, Stage.METHOD)
    return Mark.HELP_SEEKING in observation.marks and not meant
