"""People with incidents, and one person's incidents over time."""

from datetime import timedelta

from flask.testing import FlaskClient

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.models import Outcome, Status
from tests.console.factories import NOW, School


def signed_in(school: School) -> FlaskClient:
    school.reviewer("dsl")
    return school.browser("dsl")


def test_only_people_something_was_filed_for_are_listed(school: School) -> None:
    school.person("Nothing Filed")
    robin = school.person("Robin Ashworth")
    school.incident(robin, severity=5, status=Status.CLOSED, outcome=Outcome.SUPPORTED)
    school.incident(robin, severity=2)
    page = signed_in(school).get("/people").text
    assert "Robin Ashworth" in page
    assert "2 incidents, 1 open" in page
    assert "immediate" in page
    assert "Nothing Filed" not in page


def test_a_false_positive_does_not_count_for_the_highest(school: School) -> None:
    robin = school.person("Robin Ashworth")
    school.incident(robin, severity=5, status=Status.FALSE_POSITIVE)
    school.incident(robin, severity=2)
    page = signed_in(school).get("/people").text
    assert "immediate" not in page
    assert "low" in page


def test_what_was_replayed_counts_for_nobody(school: School) -> None:
    robin = school.person("Robin Ashworth")
    school.incident(robin, severity=5, replayed=True)
    browser = signed_in(school)
    assert "Robin Ashworth" not in browser.get("/people").text
    assert "Nothing has been filed for this person." in browser.get(f"/people/{robin}").text
    school.incident(robin, severity=2)
    assert "1 incident, 1 open" in browser.get("/people").text
    assert "immediate" not in browser.get("/people").text


def test_a_name_is_found_by_any_part_and_signs_stand_for_themselves(school: School) -> None:
    school.incident(school.person("Robin Ashworth"))
    browser = signed_in(school)
    assert "1 found" in browser.get("/people?name=ashw").text
    assert "Nobody found" in browser.get("/people?name=%25").text


def test_a_person_has_their_incidents_by_month_in_the_schools_time(school: School) -> None:
    robin = school.person("Robin Ashworth", age_band="11-16")
    school.incident(robin, opened_at=NOW)
    school.incident(robin, opened_at=NOW - timedelta(days=40), status=Status.CLOSED, outcome=Outcome.REFERRED)
    school.incident(robin, opened_at=NOW - timedelta(days=41), status=Status.FALSE_POSITIVE)
    page = signed_in(school).get(f"/people/{robin}").text
    assert "3 incidents: 1 open, 1 closed, 1 false positive." in page
    assert page.index("March 2025") < page.index("January 2025")
    assert "Referred to another service" in page
    assert "Aged 11 to 16" in page


def test_a_person_without_incidents_is_said_to_have_none(school: School) -> None:
    robin = school.person("Robin Ashworth")
    assert "Nothing has been filed for this person." in signed_in(school).get(f"/people/{robin}").text


def test_nobody_at_all_says_what_that_means(school: School) -> None:
    page = signed_in(school).get("/people").text
    assert "Nobody has an incident" in page
    assert "no gateway has been connected" in page


def test_when_a_device_did_not_watch_is_told_on_the_page_of_who_was_signed_in(school: School) -> None:
    robin = school.person("Robin Ashworth")
    with school.sessions.begin() as session:
        for kind, text in ((EntryKind.AGENT_KILLED, "It was killed on lab-07."), (EntryKind.AGENT_STARTED, "Started.")):
            chronology.add(session, school.here, at=NOW, actor="device:lab-07", kind=kind, text=text, person_id=robin)
    page = signed_in(school).get(f"/people/{robin}").text
    assert "When a device did not watch" in page
    assert "It was killed on lab-07." in page
    assert "Started." not in page
