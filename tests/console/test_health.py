"""System health: sensors, counts and notices, and not a word of content."""

from datetime import timedelta

from appliance.gateways import statuses
from appliance.gateways.heartbeat import Heartbeat
from appliance.models import (
    Device,
    DrawState,
    EvidenceState,
    Notification,
    NotificationKind,
    NotificationState,
    ReviewerRole,
)
from tests.console.factories import NOW, TEXT, School, submit


def test_a_network_manager_reads_how_the_system_is_and_no_content(school: School) -> None:
    school.incident(school.person("Robin Ashworth"))
    school.device("hall", last_seen_at=NOW - timedelta(hours=3))
    school.device("laptops", kind="agent", last_seen_at=None)
    school.device("old", revoked_at=NOW)
    school.device("films", kind="replay")
    school.banner("Mail cannot be sent.")
    school.banner("About Robin", kind=NotificationKind.INCIDENT)
    school.reviewer("net", ReviewerRole.NETWORK_MANAGER)
    page = school.browser("net").get("/health").text
    for said in (
        "hall",
        "Silent",
        "1 device with the agent",
        "Taken out of use",
        "Replays recordings",
        "Mail cannot be sent.",
    ):
        assert said in page, said
    for content in ("Robin", TEXT, "About Robin", "Suicide"):
        assert content not in page, content


def test_what_was_not_read_is_shown_with_the_reason(school: School) -> None:
    (school.folder / "gateway.json").write_text(
        f'{{"at": "{NOW.isoformat()}", "flows": 12345, "unread": {{"refused": 211}}, "bypassed": {{"helpline": 4}}}}'
    )
    school.reviewer("dsl")
    page = school.browser("dsl").get("/health").text
    for said in ("12,345", "The device or app would not accept inspection", "211", "Helplines"):
        assert said in page, said


def test_a_gateway_that_writes_nothing_is_named(school: School) -> None:
    school.reviewer("dsl")
    assert "has not written its counts yet" in school.browser("dsl").get("/health").text


def test_records_are_counted_by_day_and_week(school: School) -> None:
    incident = school.incident(school.person(), captures=2)
    school.capture(incident, draw_state=DrawState.FAILED, received_at=NOW - timedelta(days=3))
    school.capture(incident, evidence_state=EvidenceState.GIVEN_UP, received_at=NOW - timedelta(days=30))
    school.banner("x", state=NotificationState.FAILED)
    school.reviewer("dsl")
    page = " ".join(school.browser("dsl").get("/health").text.split())
    for label, day, week in (
        ("Captures filed", 2, 3),
        ("Shown as words, no picture possible", 0, 1),
        ("Recorded page never arrived", 0, 0),
        ("Alerts that could not be delivered", 1, 1),
    ):
        assert f'{label}</th><td class="number">{day}</td><td class="number">{week}</td>' in page, label


def test_a_notice_is_dismissed_once_for_all(school: School) -> None:
    notice = school.banner()
    school.reviewer("dsl")
    browser = school.browser("dsl")
    assert "The gateway is silent." in browser.get("/queue").text
    answer = submit(browser, f"/health/notices/{notice}/dismiss", page="/health")
    assert answer.location == "/health"
    assert school.get(Notification, notice).state == NotificationState.DISMISSED
    assert "The gateway is silent." not in browser.get("/queue").text


def test_whoever_may_not_dismiss_is_not_offered_it(school: School) -> None:
    school.banner()
    school.reviewer("mod", ReviewerRole.MODERATOR)
    page = school.browser("mod").get("/queue").text
    assert "The gateway is silent." in page
    assert "Dismiss" not in page


def test_a_notice_about_an_incident_cannot_be_dismissed_here(school: School) -> None:
    notice = school.banner(kind=NotificationKind.INCIDENT)
    school.reviewer("dsl")
    assert submit(school.browser("dsl"), f"/health/notices/{notice}/dismiss", page="/health").status_code == 404


def test_a_second_gateway_stands_beside_the_boxs_own(school: School) -> None:
    school.reviewer("dsl")
    id = school.device("second")
    with school.sessions.begin() as session:
        statuses.expect(session, session.get_one(Device, id))
    assert school.browser("dsl").get("/health").text.count("has not written its counts yet") == 2
    with school.sessions.begin() as session:
        said = {"at": NOW.isoformat(), "flows": 23456}
        statuses.take(session, session.get_one(Device, id), Heartbeat(sent_at=NOW, networks=(), status=said), NOW)
    page = school.browser("dsl").get("/health").text
    for each in ("second", "23,456"):
        assert each in page, each
