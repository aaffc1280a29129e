"""Times keep their zone, and every row says whose it is."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from appliance import store
from appliance.models import Base, Incident
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_a_time_comes_back_as_the_moment_it_was(every_url: str) -> None:
    sessions = store.sessions(every_url)
    zone = timezone(timedelta(hours=13))
    exact = NOON + timedelta(microseconds=123456)
    with sessions.begin() as session:
        factories.incident(session, factories.school(session), opened_at=exact.astimezone(zone))
    with sessions() as session:
        opened_at = session.scalars(select(Incident.opened_at)).one()
    assert (opened_at, opened_at.utcoffset()) == (exact, timedelta(0))
    sessions.kw["bind"].dispose()


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="a time without a zone"):
        factories.incident(session, factories.school(session), opened_at=datetime(2026, 3, 4))  # noqa: DTZ001


def test_every_row_says_whose_it_is() -> None:
    without = [t.name for t in Base.metadata.tables.values() if "organisation_id" not in t.columns]
    assert without == ["organisations"]
