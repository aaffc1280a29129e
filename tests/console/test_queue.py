"""The queue: gravest first, then oldest; filters in the address; silence explained."""

import re
from datetime import timedelta

from flask.testing import FlaskClient

from appliance.models import Outcome, ReviewerRole, Status
from console.queue import PER_PAGE
from tests.console.factories import NOW, TEXT, School


def order(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'class="row-link" href="/incidents/(\d+)"', page)]


def signed_in(school: School) -> FlaskClient:
    school.reviewer("dsl")
    school.device()
    return school.browser("dsl")


def test_the_gravest_come_first_and_then_the_oldest(school: School) -> None:
    low = school.incident(school.person(), severity=2, opened_at=NOW - timedelta(days=9))
    late = school.incident(school.person(), severity=4, opened_at=NOW - timedelta(minutes=1))
    early = school.incident(school.person(), severity=4, opened_at=NOW - timedelta(hours=1))
    top = school.incident(school.person(), severity=5, opened_at=NOW)
    page = signed_in(school).get("/queue").text
    assert order(page) == [top, early, late, low]
    assert "4 waiting: 1 immediate, 2 high, 1 low." in page


def test_the_queue_says_who_what_and_where_but_no_words(school: School) -> None:
    school.incident(school.person("Robin Ashworth"), captures=2)
    page = signed_in(school).get("/queue").text
    for said in (
        "Robin Ashworth",
        "Year 9",
        "Suicide",
        "May be at risk",
        "Message on Chatter",
        "2 captures",
        "30 min ago",
    ):
        assert said in page
    assert TEXT not in page
    assert "if i was gone" not in page


def test_filters_narrow_the_list(school: School) -> None:
    robin = school.incident(school.person("Robin Ash"), severity=5)
    sam = school.incident(school.person("Sam 100% Oak"), severity=3, category="drugs")
    browser = signed_in(school)
    assert order(browser.get("/queue?severity=5").text) == [robin]
    assert order(browser.get("/queue?category=drugs").text) == [sam]
    assert order(browser.get("/queue?person=robin").text) == [robin]
    assert order(browser.get("/queue?person=0%25").text) == [sam], "a percent sign stands for itself"
    page = browser.get("/queue?severity=5&category=drugs").text
    assert order(page) == []
    assert "Nothing matches this filter" in page


def test_what_the_address_says_wrongly_is_as_if_not_said(school: School) -> None:
    incident = school.incident(school.person())
    browser = signed_in(school)
    for odd in (
        "severity=9",
        "severity=x",
        "category=none",
        "status=odd",
        "page=0",
        "page=-1",
        "page=²",
        "page=9999999",
    ):
        answer = browser.get(f"/queue?{odd}")
        assert answer.status_code == 200, odd
        assert order(answer.text) == [incident], odd


def test_each_status_has_its_list_and_count(school: School) -> None:
    waiting = school.incident(school.person())
    kept = school.incident(school.person(), status=Status.IN_REVIEW, graded_at=NOW)
    closed = school.incident(school.person(), status=Status.CLOSED, outcome=Outcome.SPOKEN_TO, closed_at=NOW)
    false = school.incident(school.person(), status=Status.FALSE_POSITIVE, closed_at=NOW)
    browser = signed_in(school)
    for status, expected in (("new", waiting), ("in-review", kept), ("closed", closed), ("false-positive", false)):
        assert order(browser.get(f"/queue?status={status}").text) == [expected]
    assert "Spoken to" in browser.get("/queue?status=closed").text


def test_an_empty_queue_says_what_that_means_and_that_monitoring_works(school: School) -> None:
    (school.folder / "gateway.json").write_text(f'{{"at": "{NOW.isoformat()}"}}')
    page = signed_in(school).get("/queue").text
    assert "Nothing is waiting" in page
    assert "Every incident has been looked at by a person." in page
    assert "Monitoring works: every gateway is reporting, the last one 1 min ago." in page


def test_an_empty_queue_over_a_silent_gateway_is_no_good_news(school: School) -> None:
    school.device("hall", last_seen_at=NOW - timedelta(hours=5))
    page = signed_in(school).get("/queue").text
    assert "The gateway hall was last heard of 5 h ago; what passes it is not seen." in page
    assert "Monitoring works" not in page


def test_what_was_replayed_stands_in_a_list_of_its_own(school: School) -> None:
    live, replay = school.incident(severity=3), school.incident(severity=5, replayed=True)
    other = school.incident(severity=4, replayed=True)
    browser = signed_in(school)
    page = browser.get("/queue").text
    assert order(page) == [live]
    assert "1 waiting: 1 medium." in page
    assert "Replayed recordings: 2" in page
    page = browser.get("/queue?replayed=yes").text
    assert order(page) == [replay, other]
    assert "These come from replayed recordings, not from live traffic." in page
    assert "/queue?status=closed&amp;replayed=yes" in page
    assert order(browser.get("/queue?replayed=yes&severity=4").text) == [other]


def test_a_long_list_has_pages(school: School) -> None:
    person = school.person()
    for _ in range(PER_PAGE + 3):
        school.incident(person, captures=0, severity=3)
    browser = signed_in(school)
    first = browser.get("/queue?severity=3").text
    assert len(order(first)) == PER_PAGE
    assert "/queue?status=new&amp;severity=3&amp;page=2" in first
    second = browser.get("/queue?status=new&severity=3&page=2").text
    assert len(order(second)) == 3
    assert not set(order(first)) & set(order(second))


def test_a_trust_officer_sees_and_chooses_between_schools(school: School) -> None:
    here = school.incident(school.person())
    there = school.incident(school.person(organisation_id=school.elsewhere), organisation_id=school.elsewhere)
    school.reviewer("trust", ReviewerRole.TRUST_OFFICER, organisation_id=school.trust)
    browser = school.browser("trust")
    page = browser.get("/queue").text
    assert set(order(page)) == {here, there}
    assert "Birch Academy" in page
    assert order(browser.get("/queue?school=birch").text) == [there]


def test_home_is_the_queue_or_for_a_network_manager_health(school: School) -> None:
    school.reviewer("net", ReviewerRole.NETWORK_MANAGER)
    assert signed_in(school).get("/").location == "/queue"
    assert school.browser("net").get("/").location == "/health"
