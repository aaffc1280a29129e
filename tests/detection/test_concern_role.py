import pytest

from detection.categories import ConcernRole
from detection.concern_role import role_of
from detection.library import Category, Phrase, Stage, Voice
from detection.observation import Channel, Direction, Mark
from tests.detection.factories import observation, phrase

BULLYING, DRUGS = Category.BULLYING, Category.DRUGS
HELP = {"marks": frozenset({Mark.HELP_SEEKING})}
SHOWN = {"direction": Direction.SHOWN}


@pytest.mark.parametrize(
    ("lead", "seen", "role", "reason"),
    [
        (phrase(category=Category.SUICIDE), {}, ConcernRole.AT_RISK, "may be at risk"),
        (phrase(category=BULLYING), {}, ConcernRole.MAY_HARM, "may be harming someone else"),
        (phrase(category=DRUGS), {}, ConcernRole.CONDUCT, "conduct"),
        (phrase(category=BULLYING, stage=Stage.DISCLOSURE), {}, ConcernRole.AT_RISK, "tells what is done"),
        (phrase(category=BULLYING, stage=Stage.DISCLOSURE, voice=Voice.AIMED), {}, ConcernRole.MAY_HARM, "harming"),
        (phrase(category=BULLYING), SHOWN, ConcernRole.AT_RISK, "its target"),
        (phrase(category=BULLYING), {**SHOWN, "channel": Channel.PAGE}, ConcernRole.EXPOSED, "only exposed"),
        (phrase(category=DRUGS), SHOWN, ConcernRole.EXPOSED, "only exposed"),
        (phrase(category=Category.SEXUAL_HARASSMENT), HELP, ConcernRole.AT_RISK, "looking for help"),
        (phrase(category=DRUGS), HELP, ConcernRole.AT_RISK, "looking for help"),
        (phrase(category=Category.SUICIDE), HELP, ConcernRole.AT_RISK, "may be at risk"),
        (phrase(category=Category.VIOLENCE, voice=Voice.AIMED), HELP, ConcernRole.MAY_HARM, "harming"),
        (phrase(category=Category.VIOLENCE, stage=Stage.PLAN), HELP, ConcernRole.MAY_HARM, "harming"),
        (phrase(category=Category.HACKING, stage=Stage.METHOD), HELP, ConcernRole.CONDUCT, "conduct"),
    ],
)
def test_the_person_s_part_in_it_is_named(
    lead: Phrase, seen: dict[str, object], role: ConcernRole, reason: str
) -> None:
    given, why = role_of(observation(**seen), lead)
    assert given is role
    assert reason in why
