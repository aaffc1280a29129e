"""Each decision leaves the entry that it is known again by, with what its form says."""

from types import SimpleNamespace
from typing import Any

import pytest

from appliance import chronology
from appliance.models import Incident, Outcome, Reviewer, Status
from console import acts
from console.acts import Act
from tests.console.factories import NOW, School


@pytest.mark.parametrize(
    ("act", "fields", "status", "text"),
    [
        (acts.KEEP, {}, Status.IN_REVIEW, "Severity 4 is right."),
        (acts.GRADE, {"severity": "2", "note": "Lyrics."}, Status.IN_REVIEW, "From 4 to 2. Lyrics."),
        (acts.FALSE_POSITIVE, {"note": None}, Status.FALSE_POSITIVE, ""),
        (acts.NOTE, {"note": "Parents rang."}, Status.NEW, "Parents rang."),
        (acts.CLOSE, {"outcome": Outcome.SUPPORTED, "note": ""}, Status.CLOSED, "Outcome: supported."),
    ],
    ids=lambda value: value.name if isinstance(value, Act) else None,
)
def test_it_does_what_its_form_says(school: School, act: Act, fields: dict[str, Any], status: str, text: str) -> None:
    assert done(school, school.incident(), act, fields) == (status, act.kind, text)


def test_what_was_closed_is_opened_again(school: School) -> None:
    closed = school.incident(status=Status.CLOSED, outcome=Outcome.SUPPORTED, closed_at=NOW)
    assert done(school, closed, acts.REOPEN, {"note": "Again."}) == (Status.IN_REVIEW, acts.REOPEN.kind, "Again.")


def done(school: School, incident_id: int, act: Act, fields: dict[str, Any]) -> tuple[str, str, str]:
    form = SimpleNamespace(**{name: SimpleNamespace(data=data) for name, data in fields.items()})
    reviewer_id = school.reviewer()
    with school.sessions.begin() as session:
        incident = session.get_one(Incident, incident_id)
        act.do(session, incident, session.get_one(Reviewer, reviewer_id), form, NOW)
        entry = chronology.of_incident(session, incident_id)[-1]
        return incident.status, entry.kind, entry.text.text if entry.text else ""
