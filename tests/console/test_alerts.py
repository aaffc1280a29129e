"""A grave incident that waits is announced on every page but the queue and its own."""

from appliance.models import NotificationKind, NotificationState, ReviewerRole, Status
from tests.console.factories import School

WAITS = "is waiting"


def announced(school: School, **more: object) -> int:
    incident = school.incident(school.person(), severity=5, **more)  # type: ignore[arg-type]
    at = more.get("organisation_id") or school.here
    school.banner(kind=NotificationKind.INCIDENT, incident_id=incident, organisation_id=at)
    return incident


def test_one_line_leads_to_the_gravest(school: School) -> None:
    other = school.incident(school.person(), severity=4)
    school.banner(kind=NotificationKind.INCIDENT, incident_id=other)
    grave = announced(school)
    school.reviewer("dsl")
    browser = school.browser("dsl")
    page = browser.get("/people").text
    assert f'<a href="/incidents/{grave}">Incident {grave}</a> {WAITS}' in page
    assert "and 1 more" in page
    assert "Robin" not in page[page.index('class="alert-line"') : page.index("</p>", page.index('class="alert-line"'))]
    assert f"Incident {grave}</a> {WAITS}" in browser.get(f"/incidents/{other}").text
    assert WAITS not in browser.get(f"/incidents/{grave}").text, "what can wait does not interrupt"
    assert WAITS not in browser.get("/queue").text


def test_what_was_decided_dismissed_or_is_not_yours_is_not_announced(school: School) -> None:
    announced(school, status=Status.IN_REVIEW)
    announced(school, organisation_id=school.elsewhere)
    dismissed = school.incident(school.person(), severity=5)
    school.banner(kind=NotificationKind.INCIDENT, incident_id=dismissed, state=NotificationState.DISMISSED)
    school.reviewer("dsl")
    assert WAITS not in school.browser("dsl").get("/people").text


def test_a_network_manager_is_told_of_no_incident(school: School) -> None:
    announced(school)
    school.reviewer("net", ReviewerRole.NETWORK_MANAGER)
    assert WAITS not in school.browser("net").get("/health").text
