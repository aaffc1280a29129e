"""A code opens so many times, until its end, and nobody finds one by trying."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import codes
from appliance.agents.codes import Attempts
from appliance.models import AgentCode
from tests.appliance import factories
from tests.appliance.factories import NOON

HOUR = timedelta(hours=1)


def code(session: Session, *, device: str = "lab-07", uses: int = 1, lasts: timedelta = HOUR) -> str:
    school = factories.school(session)
    return codes.make(session, school, device=device, uses=uses, lasts=lasts, by="it", now=NOON)


def test_a_code_is_not_kept_and_opens_once_however_it_was_typed(session: Session) -> None:
    given = code(session)
    assert given not in str(session.execute(select(AgentCode.__table__)).all())
    typed = codes.with_pin(f" {given.upper()} ", b"\x01" * 32)
    found = codes.take(session, typed.replace("-", " - "), NOON)
    assert found is not None
    assert found.device == "lab-07"
    assert codes.take(session, given, NOON) is None


def test_one_for_many_opens_so_many_times(session: Session) -> None:
    given = code(session, device="", uses=3)
    assert [codes.take(session, given, NOON) is not None for _ in range(4)] == [True, True, True, False]


def test_one_that_ended_and_one_that_is_unknown_are_the_same(session: Session) -> None:
    given = code(session)
    assert codes.take(session, given, NOON + HOUR) is None
    assert codes.take(session, "aaaa-bbbb-cccc-dddd", NOON) is None


@pytest.mark.parametrize(
    ("uses", "lasts", "said"),
    [(0, HOUR, "for 1 to"), (10_001, HOUR, "for 1 to"), (1, timedelta(0), "lasts"), (1, 9999 * HOUR, "lasts")],
)
def test_what_makes_no_sense_is_refused(session: Session, uses: int, lasts: timedelta, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        code(session, uses=uses, lasts=lasts)


def test_a_code_for_many_assigns_none_of_them(session: Session) -> None:
    oak = factories.school(session)
    with pytest.raises(ValueError, match="is for one device"):
        codes.make(
            session, oak, device="", uses=2, lasts=HOUR, by="it", now=NOON, person=factories.person(session, oak)
        )


def test_after_ten_wrong_ones_an_address_waits_ten_minutes_and_others_do_not() -> None:
    attempts = Attempts()
    for _ in range(10):
        assert not attempts.too_many("192.0.2.1", NOON)
        attempts.wrong("192.0.2.1", NOON)
    assert attempts.too_many("192.0.2.1", NOON + timedelta(minutes=9))
    assert not attempts.too_many("192.0.2.2", NOON)
    assert not attempts.too_many("192.0.2.1", NOON + timedelta(minutes=10))
