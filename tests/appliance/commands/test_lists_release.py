"""What a release changes is told once: for everybody, and for a group only what is otherwise there."""

import pytest
from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import library_layers
from appliance.commands import lists_release
from appliance.library_releases import Press
from appliance.models import Organisation
from detection.layers import Act, Change, Ignore, Regrade
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY, LOST = a("go away", hits=("go away",)), a("get lost", hits=("get lost",))
PRESS = Press(SigningKey.generate(), library(AWAY, LOST))


@pytest.fixture
def school(session: Session) -> Organisation:
    return factories.school(session)


def changed(session: Session, school: Organisation, act: Act, group: str = "") -> int:
    change = Change(act=act, by="jo", at=NOON, why="asked for", group=group)
    return library_layers.record(session, school, change, PRESS.shipped).id


def released(session: Session, school: Organisation) -> list[str]:
    return lists_release.release(session, school, PRESS, by="jo", why="asked for", now=NOON).splitlines()[1:]


def test_what_holds_for_everybody_is_not_told_again_for_a_group(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(LOST.id), "staff")
    assert released(session, school) == ["for staff:", "  en/bullying", "    removed [get-lost] “get lost”, severity 3"]
    changed(session, school, Regrade(AWAY.id, 1))
    assert released(session, school) == ["en/bullying", "  re-graded [go-away] 3 → 1"]
    assert released(session, school) == ["Nothing in it changed."]


def test_a_group_that_is_as_everybody_again_is_told(session: Session, school: Organisation) -> None:
    number = changed(session, school, Ignore(LOST.id), "staff")
    released(session, school)
    library_layers.withdraw(session, school, number, PRESS.shipped, by="jo", second="", why="a mistake", now=NOON)
    assert released(session, school) == ["for staff:", "  en/bullying", "    added [get-lost] “get lost”, severity 3"]


def test_a_trust_without_schools_has_nobody_to_release_to(session: Session) -> None:
    said = lists_release.release(session, factories.trust(session), PRESS, by="jo", why="x", now=NOON)
    assert said == "Forest Trust has no schools yet."
