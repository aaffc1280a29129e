"""A picture: whole, private, and never served without a note of who looked."""

from datetime import timedelta

from appliance.entry_kinds import EntryKind
from appliance.models import Capture
from tests.console.factories import School, a_picture


def opened(school: School, incident: int) -> int:
    return sum(kind == EntryKind.LOOKED for kind, _, _ in school.entries(incident))


def test_the_picture_is_served_whole_and_kept_nowhere(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    capture = school.capture(incident)
    school.reviewer("dsl")
    answer = school.browser("dsl").get(f"/incidents/{incident}/captures/{capture}/picture")
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    assert answer.data == a_picture()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_picture_belongs_to_the_look_at_its_page(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    address = f"/incidents/{incident}/captures/{school.capture(incident)}/picture"
    school.reviewer("dsl")
    browser = school.browser("dsl")
    browser.get(f"/incidents/{incident}")
    browser.get(address)
    assert opened(school, incident) == 1
    school.clock.at += timedelta(minutes=11)
    browser.get(address)
    assert opened(school, incident) == 2


def test_a_picture_asked_for_by_itself_is_a_look_too(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    capture = school.capture(incident)
    school.reviewer("dsl")
    school.browser("dsl").get(f"/incidents/{incident}/captures/{capture}/picture")
    assert opened(school, incident) == 1


def test_a_picture_that_is_not_drawn_missing_or_damaged_is_not_found(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    undrawn, lost = school.capture(incident, picture=None), school.capture(incident, picture="0" * 64)
    broken = school.capture(incident, picture="not a name")
    school.reviewer("dsl")
    browser = school.browser("dsl")
    for capture in (undrawn, lost, broken, "unknown"):
        answer = browser.get(f"/incidents/{incident}/captures/{capture}/picture")
        assert answer.status_code == 404
    assert opened(school, incident) == 0
    assert school.sessions is not None
    with school.sessions() as session:
        assert session.query(Capture).count() == 3
