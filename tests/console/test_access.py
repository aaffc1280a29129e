"""Every endpoint against every role, and every row against the wrong school."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from appliance.models import ReviewerRole
from console.access import NEEDS, PUBLIC
from tests.console.factories import School, token

ROLES = tuple(ReviewerRole)
CONTENT = {ReviewerRole.DSL, ReviewerRole.DEPUTY, ReviewerRole.MODERATOR, ReviewerRole.TRUST_OFFICER}
DECIDING = CONTENT - {ReviewerRole.MODERATOR}
EVERYBODY = set(ROLES)
ANSWERING = {ReviewerRole.DSL, ReviewerRole.TRUST_OFFICER, ReviewerRole.NETWORK_MANAGER}

EXPECTED = {
    "queue.home": EVERYBODY,
    "queue.show": CONTENT,
    "incidents.show": CONTENT,
    "captures.picture": CONTENT,
    "decisions.keep": CONTENT,
    "decisions.grade": CONTENT,
    "decisions.false_positive": CONTENT,
    "decisions.note": CONTENT,
    "decisions.close": DECIDING,
    "decisions.reopen": DECIDING,
    "people.every": DECIDING,
    "people.show": DECIDING,
    "devices.show": ANSWERING,
    "health.show": ANSWERING | CONTENT,
    "health.dismiss": ANSWERING,
    "account.show": EVERYBODY,
    "account.password": EVERYBODY,
    "account.keys": EVERYBODY,
    "passkeys.begin": EVERYBODY,
    "passkeys.make": EVERYBODY,
    "passkeys.keep": EVERYBODY,
    "passkeys.ask_to_remove": EVERYBODY,
    "passkeys.remove": EVERYBODY,
    "guide.show": EVERYBODY,
    "sign_in.out": EVERYBODY,
}


@dataclass
class Rows:
    incident_id: int
    capture_id: str
    person_id: int
    notification_id: int
    passkey_id: int = 0
    """Of whoever asks."""


def rows(school: School, organisation_id: int | None = None) -> Rows:
    at = organisation_id or school.here
    person = school.person(organisation_id=at)
    incident = school.incident(person, captures=0, organisation_id=at)
    capture = school.capture(incident, organisation_id=at)
    return Rows(incident, capture, person, school.banner(organisation_id=at))


def endpoints(school: School) -> set[str]:
    return {rule.endpoint for rule in school.app.url_map.iter_rules()}


def ask(school: School, browser: FlaskClient, endpoint: str, about: Rows) -> int:
    """Ask for ``endpoint`` with its proper method and a good form token: only the role can be what refuses."""
    rule = next(r for r in school.app.url_map.iter_rules() if r.endpoint == endpoint)
    with school.app.test_request_context():
        values = {name: getattr(about, name) for name in rule.arguments}
        address = school.app.url_for(endpoint, **values, _external=False)
    assert rule.methods is not None
    if "GET" in rule.methods:
        return browser.get(address).status_code
    shown = browser.get("/account").text
    return browser.post(address, data={"csrf_token": token(shown)}).status_code


def test_no_endpoint_is_forgotten(school: School) -> None:
    assert endpoints(school) == set(NEEDS) | set(PUBLIC)
    assert set(EXPECTED) == set(NEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_it_needs_and_no_more(school: School, role: ReviewerRole) -> None:
    about = rows(school)
    organisation = school.trust if role == ReviewerRole.TRUST_OFFICER else school.here
    about.passkey_id = school.passkey(school.reviewer("somebody", role, organisation_id=organisation))
    reached = set()
    for endpoint in EXPECTED:
        answer = ask(school, school.browser("somebody"), endpoint, about)
        assert answer < 500, endpoint
        if answer not in (403, 404):
            reached.add(endpoint)
    assert reached == {endpoint for endpoint, roles in EXPECTED.items() if role in roles}


def test_a_stranger_is_sent_to_the_door_and_never_to_a_picture(school: School) -> None:
    about = rows(school)
    for endpoint in EXPECTED:
        rule = next(r for r in school.app.url_map.iter_rules() if r.endpoint == endpoint)
        with school.app.test_request_context():
            address = school.app.url_for(endpoint, **{name: getattr(about, name) for name in rule.arguments})
        stranger = school.browser()
        answer = stranger.open(address, method="GET" if "GET" in (rule.methods or ()) else "POST")
        if endpoint == "captures.picture":
            assert answer.status_code == 404
        else:
            assert answer.status_code == 302, endpoint
            assert answer.location.startswith("/sign-in"), endpoint


ABOUT_ROWS = [
    "incidents.show",
    "captures.picture",
    "decisions.keep",
    "decisions.grade",
    "decisions.false_positive",
    "decisions.note",
    "decisions.close",
    "decisions.reopen",
    "people.show",
    "health.dismiss",
]


@pytest.mark.parametrize("endpoint", ABOUT_ROWS)
def test_another_schools_rows_do_not_exist(school: School, endpoint: str) -> None:
    elsewhere = rows(school, school.elsewhere)
    school.reviewer("dsl")
    school.reviewer("trust", ReviewerRole.TRUST_OFFICER, organisation_id=school.trust)
    assert ask(school, school.browser("dsl"), endpoint, elsewhere) == 404
    assert ask(school, school.browser("trust"), endpoint, elsewhere) != 404


def test_a_capture_is_reached_through_its_own_incident_alone(school: School) -> None:
    one, other = rows(school), rows(school)
    school.reviewer("dsl")
    browser = school.browser("dsl")
    assert browser.get(f"/incidents/{one.incident_id}/captures/{other.capture_id}/picture").status_code == 404
    assert browser.get(f"/incidents/{one.incident_id}?capture={other.capture_id}").status_code == 404


def test_what_is_about_staff_is_for_the_lead_alone(school: School) -> None:
    teacher = school.person("Mr Hughes", role="staff")
    incident = school.incident(teacher, subject_role="staff")
    school.reviewer("dsl")
    school.reviewer("deputy", ReviewerRole.DEPUTY)
    assert school.browser("dsl").get(f"/incidents/{incident}").status_code == 200
    deputy = school.browser("deputy")
    assert deputy.get(f"/incidents/{incident}").status_code == 404
    assert "Hughes" not in deputy.get("/queue").text
    assert "Hughes" not in deputy.get("/people").text


def test_a_given_password_leads_nowhere_but_to_an_own_one(school: School) -> None:
    school.reviewer("new", must_change_password=True)
    browser = school.browser("new")
    assert browser.get("/queue").location == "/account"
    page = browser.get("/account")
    assert "Choose a password of your own" in page.text


def test_whoever_is_disabled_is_out_at_once(school: School) -> None:
    from appliance.models import Reviewer

    known = school.reviewer("dsl")
    browser = school.browser("dsl")
    assert browser.get("/queue").status_code == 200
    with school.sessions.begin() as session:
        session.get_one(Reviewer, known).disabled_at = school.clock.at
    assert browser.get("/queue").location.startswith("/sign-in")
