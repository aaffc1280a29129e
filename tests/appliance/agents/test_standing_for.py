"""An address stands for who is signed in at it, while the device is heard of there, and nobody takes another's."""

from datetime import timedelta

from sqlalchemy.orm import Session

from appliance.agents import standing_for
from appliance.models import Organisation
from tests.appliance import factories
from tests.appliance.agents.rows import signed_in, status
from tests.appliance.factories import NOON

MINUTE = timedelta(minutes=1)


def found(session: Session, oak: Organisation, minutes: int = 1) -> set[tuple[str, str]]:
    return {
        (each.address, each.person.ref) for each in standing_for.of_school(session, oak.id, NOON + minutes * MINUTE)
    }


def test_all_its_addresses_stand_for_who_is_signed_in_until_it_is_heard_of_no_more(session: Session) -> None:
    oak = factories.school(session)
    signed_in(
        session,
        factories.device(session, oak, kind="agent"),
        factories.person(session, oak),
        addresses=["10.1.2.3", "fd00::7"],
    )
    assert found(session, oak) == {("10.1.2.3", "p1"), ("fd00::7", "p1")}
    assert found(session, oak, 6) == set()


def test_nothing_stands_for_who_signed_out_or_may_not_be_watched_or_is_off_site(session: Session) -> None:
    oak = factories.school(session)
    lab, home = (factories.device(session, oak, token=name, name=name, kind="agent") for name in ("lab", "home"))
    pupil = factories.person(session, oak)
    signed_in(session, lab, pupil, addresses=["10.1.2.3"], until=NOON)
    signed_in(session, lab, None, account="guest")
    status(session, home, address="192.0.2.9", addresses=[], on_site=False)
    signed_in(session, home, pupil)
    assert found(session, oak) == set()


def test_two_who_are_signed_in_are_both_possible(session: Session) -> None:
    oak = factories.school(session)
    lab = factories.device(session, oak, kind="agent")
    signed_in(session, lab, factories.person(session, oak, "p1"), addresses=["10.1.2.3"])
    signed_in(session, lab, factories.person(session, oak, "p2"), account="b")
    assert found(session, oak) == {("10.1.2.3", "p1"), ("10.1.2.3", "p2")}


def test_no_device_takes_an_address_that_another_came_from(session: Session) -> None:
    oak = factories.school(session)
    true, false = (factories.device(session, oak, token=name, name=name, kind="agent") for name in ("a", "b"))
    signed_in(session, true, factories.person(session, oak, "p1"), addresses=["10.1.2.3"])
    signed_in(session, false, factories.person(session, oak, "p2"), addresses=["10.1.2.4", "10.1.2.3"])
    assert found(session, oak) == {("10.1.2.3", "p1"), ("10.1.2.4", "p2")}


def test_a_heartbeat_alone_changes_nothing_that_is_told(session: Session) -> None:
    oak = factories.school(session)
    lab = factories.device(session, oak, kind="agent")
    signed_in(session, lab, factories.person(session, oak), NOON - timedelta(hours=1))
    said = status(session, lab, NOON)
    first = standing_for.of_school(session, oak.id, NOON)
    said.at = NOON + 4 * MINUTE
    session.flush()
    assert standing_for.of_school(session, oak.id, NOON + 4 * MINUTE) == first
    assert first[0].since == NOON
