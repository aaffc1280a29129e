"""What was agreed of a network comes back as it was written, on every database."""

from datetime import date

from sqlalchemy import select

from appliance import store
from appliance.models import NetworkAct, NetworkPause, NetworkStep
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_rows_come_back(every_url: str) -> None:
    sessions = store.sessions(every_url)
    contacts = [{"name": "Kim Reed", "mail": "kim@oak.example"}]
    with sessions.begin() as session:
        oak = factories.school(session)
        session.add(
            NetworkAct(
                organisation_id=oak.id,
                network="pupils",
                step=NetworkStep.AGREED,
                at=NOON,
                by="kim",
                notice_published=date(2026, 1, 5),
                contacts=contacts,
            )
        )
        session.add(NetworkPause(organisation_id=oak.id, network="pupils", since=NOON, until=NOON, by="kim", why="x"))
    with sessions() as session:
        act, pause = session.scalars(select(NetworkAct)).one(), session.scalars(select(NetworkPause)).one()
    assert (act.step, act.notice_published, act.contacts) == (NetworkStep.AGREED, date(2026, 1, 5), contacts)
    assert (pause.until, pause.ended_at, pause.ended_by) == (NOON, None, "")
    sessions.kw["bind"].dispose()
