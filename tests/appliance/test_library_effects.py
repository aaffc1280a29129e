"""Captures and incidents are counted by what would become of them."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance.library_effects import Effect, IncidentOutcome, Shift, effects, incidents_of
from appliance.library_trial import Grade, Outcome
from appliance.models import Outcome as Ending
from appliance.models import Status
from tests.appliance import factories

B2, B3, V4 = Grade("bullying", 2), Grade("bullying", 3), Grade("violence", 4)


def outcome(now: Grade, tried: Grade | None, *phrases: str, id: str = "c", incident: int = 1, **more: Any) -> Outcome:
    return Outcome(capture_id=id, incident_id=incident, now=now, tried=tried, phrases=frozenset(phrases), **more)


def incident(now: Grade, tried: Grade | None, verdict: str = "new") -> IncidentOutcome:
    return IncidentOutcome(now=now, tried=tried, verdict=verdict)


OUTCOMES = (
    outcome(B3, None, "x", id="c1"),
    outcome(V4, B3, "x", "y", id="c2"),
    outcome(B3, B3, "y", id="c3"),
    outcome(B3, B3, id="c4"),
    outcome(B3, B2, id="c5", outdated=True),
)
INCIDENTS = (incident(B3, None, "false positive"), incident(V4, B3), incident(V4, V4))


def test_each_capture_and_incident_falls_away_is_regraded_or_stays() -> None:
    found = effects(OUTCOMES, INCIDENTS)
    assert found.captures == Effect(falls_away=1, regraded=2, stays=2)
    assert found.incidents == Effect(falls_away=1, regraded=1, stays=1)
    assert [(row.name, row.captures) for row in found.categories] == [
        ("bullying", Effect(falls_away=1, regraded=1, stays=2)),
        ("violence", Effect(regraded=1)),
    ]
    assert [(row.name, row.incidents) for row in found.severities] == [
        ("3", Effect(falls_away=1)),
        ("4", Effect(regraded=1, stays=1)),
    ]


def test_a_capture_counts_under_each_phrase_that_counts_otherwise_in_it() -> None:
    found = effects(OUTCOMES, INCIDENTS)
    assert found.phrases == (("x", Effect(falls_away=1, regraded=1)), ("y", Effect(regraded=1, stays=1)))
    assert found.through_sought == 1
    assert found.outdated == 1


def test_from_which_grade_to_which_is_counted_the_gravest_first() -> None:
    assert effects(OUTCOMES, INCIDENTS).shifts == (
        Shift(now=V4, tried=B3, captures=1, incidents=1),
        Shift(now=B3, tried=None, captures=1, incidents=1),
        Shift(now=B3, tried=B2, captures=1, incidents=0),
    )
    assert [each.capture_id for each in effects(OUTCOMES, INCIDENTS).changed] == ["c2", "c1", "c5"]


@pytest.mark.parametrize(("alert_from", "then"), [(5, 0), (4, 1), (3, 2), (1, 2)])
def test_a_threshold_says_how_many_incidents_somebody_is_alerted_to(alert_from: int, then: int) -> None:
    found = effects(OUTCOMES, INCIDENTS, alert_from)
    assert (found.alerted, found.alerted_then) == (2, then)


def test_an_incident_is_as_grave_as_the_gravest_capture_that_is_left(session: Session) -> None:
    school = factories.school(session)
    made = [
        factories.incident(session, school, status=Status.FALSE_POSITIVE),
        factories.incident(session, school, status=Status.CLOSED, outcome=Ending.SPOKEN_TO),
        factories.incident(session, school),
        factories.incident(session, school, status=Status.IN_REVIEW),
    ]
    first, second, third, _ = (each.id for each in made)
    outcomes = [
        outcome(B3, None, incident=first),
        outcome(B3, B3, incident=second),
        outcome(V4, None, incident=second),
        outcome(B3, B2, incident=third),
        outcome(B3, B3, incident=third),
    ]
    found = incidents_of(session, school, outcomes)
    assert found == [
        incident(B3, None, "false positive"),
        incident(V4, B3, "closed: spoken to"),
        incident(B3, B3, "not judged yet"),
    ]
    assert effects(outcomes, found).verdicts == (("false positive", 1),)
