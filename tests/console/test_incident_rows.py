"""One row says where an incident was seen, without a word of it."""

from appliance.models import Incident
from console.db import session
from console.incident_rows import rows_of
from tests.console.factories import School


def row(school: School, incident: int) -> tuple[str, int]:
    with school.app.app_context():
        (found,) = rows_of([session().get_one(Incident, incident)])
        return found.where, found.captures


def test_the_commonest_places_come_first_and_repeats_do_not_count(school: School) -> None:
    incident = school.incident(school.person(), captures=2)
    school.capture(incident, channel="search", app="Finder")
    school.capture(incident, channel="page", app="")
    school.capture(incident, channel="mail", app="Post")
    school.capture(incident, duplicate_of="other")
    assert row(school, incident) == ("Message on Chatter, web page and 2 more", 5)


def test_a_place_is_named_once_however_it_was_used(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    for channel in ("search", "page", "page"):
        school.capture(incident, channel=channel, app="www.lookup.test")
    school.capture(incident, channel="prompt", app="helper.test")
    assert row(school, incident) == ("Web page and search on www.lookup.test, prompt to an AI on helper.test", 4)


def test_an_incident_without_captures_was_seen_nowhere(school: School) -> None:
    assert row(school, school.incident(school.person(), captures=0)) == ("", 0)
