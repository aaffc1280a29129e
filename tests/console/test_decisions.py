"""Keep, grade, false positive, note, close, reopen: each once, each an entry, never over somebody else's head."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.entry_kinds import EntryKind
from appliance.models import Incident, Outcome, Status
from tests.console.factories import School, submit, token


@dataclass
class Desk:
    """A DSL with one incident open before them."""

    school: School
    incident: int
    browser: FlaskClient

    @property
    def page(self) -> str:
        return f"/incidents/{self.incident}"

    @property
    def row(self) -> Incident:
        found: Incident = self.school.get(Incident, self.incident)
        return found

    def act(self, what: str, prefix: str, **fields: str) -> TestResponse:
        return submit(self.browser, f"{self.page}/{what}", page=self.page, prefix=prefix, **fields)

    def close(self, **fields: str) -> TestResponse:
        return submit(self.browser, f"{self.page}/close", **fields)

    def done(self) -> list[tuple[str, str, str]]:
        """What was done, looks and the opening left out."""
        quiet = (EntryKind.LOOKED, EntryKind.OPENED)
        return [entry for entry in self.school.entries(self.incident) if entry[0] not in quiet]


@pytest.fixture
def desk(school: School) -> Desk:
    school.reviewer("dsl")
    return Desk(school, school.incident(school.person()), school.browser("dsl"))


def test_keeping_agrees_with_the_severity(desk: Desk) -> None:
    answer = desk.act("keep", "keep")
    assert (answer.status_code, answer.location) == (302, desk.page)
    assert desk.row.status == Status.IN_REVIEW
    assert desk.row.graded_at == desk.school.clock.at
    assert desk.done() == [(EntryKind.KEPT, "reviewer:dsl", "Severity 4 is right.")]
    page = desk.browser.get(desk.page).text
    assert "Kept. It is in review now." in page
    assert "Keep at" not in page, "it has been kept"


def test_grading_changes_the_severity_and_says_why(desk: Desk) -> None:
    desk.act("severity", "grade", severity="2", note=" A song. ")
    assert desk.row.severity == 2
    assert desk.done() == [(EntryKind.GRADED, "reviewer:dsl", "From 4 to 2. A song.")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a level."),
        ({"severity": "7"}, "Not a valid choice"),
        ({"severity": "5"}, "Write a sentence saying why this is a 5"),
        ({"severity": "5", "note": "x" * 4001}, "Keep it below 4,000 characters."),
    ],
)
def test_a_grade_that_cannot_be_is_explained_beside_its_field(desk: Desk, fields: dict[str, str], said: str) -> None:
    answer = desk.act("severity", "grade", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert re.search(r'<details name="act" class="act" open>\s*<summary[^>]*>Severity', answer.text)
    assert (desk.row.severity, desk.done()) == (4, [])


def test_what_was_written_survives_a_refusal(desk: Desk) -> None:
    answer = desk.act("severity", "grade", severity="", note="Called his mother.")
    assert 'value="Called his mother."' in answer.text


def test_a_false_positive_leaves_the_queue(desk: Desk) -> None:
    desk.act("false-positive", "false_positive", note="Lyrics.")
    assert desk.row.status == Status.FALSE_POSITIVE
    assert desk.done() == [(EntryKind.FALSE_POSITIVE, "reviewer:dsl", "Lyrics.")]
    assert "Nothing is waiting" in desk.browser.get("/queue").text


def test_notes_are_added_and_an_empty_one_is_not(desk: Desk) -> None:
    assert desk.act("notes", "note", note="   ").status_code == 422
    desk.act("notes", "note", note="Spoke to the tutor.\nWill meet tomorrow.")
    assert desk.done() == [(EntryKind.NOTED, "reviewer:dsl", "Spoke to the tutor.\nWill meet tomorrow.")]


def test_closing_takes_an_outcome_and_a_yes(desk: Desk) -> None:
    answer = desk.close(outcome="", note="")
    assert answer.status_code == 422
    assert "Choose what came of it." in answer.text
    assert "Tick this to close the incident." in answer.text
    assert desk.row.status == Status.NEW
    desk.close(outcome="spoken-to", note="Met with home.", sure="y")
    assert (desk.row.status, desk.row.outcome) == (Status.CLOSED, Outcome.SPOKEN_TO)
    assert desk.done() == [(EntryKind.CLOSED, "reviewer:dsl", "Outcome: spoken to. Met with home.")]


def test_closing_warns_of_captures_nobody_opened(desk: Desk) -> None:
    desk.school.capture(desk.incident)
    assert "2 of 2 captures have not been opened" in desk.browser.get(f"{desk.page}/close").text
    desk.browser.get(desk.page)
    assert "1 of 2 captures has not been opened" in desk.browser.get(f"{desk.page}/close").text


def test_a_closed_incident_can_be_reopened_and_noted_but_not_graded(desk: Desk) -> None:
    desk.close(outcome="no-further-action", sure="y")
    page = desk.browser.get(desk.page).text
    assert "Reopen" in page
    assert "Keep at" not in page
    assert desk.browser.get(f"{desk.page}/close").location == desk.page
    answer = desk.browser.post(
        f"{desk.page}/severity",
        data={"csrf_token": token(page), "grade-csrf_token": token(page), "grade-severity": "2", "grade-seen": "9999"},
    )
    assert answer.status_code == 422
    desk.act("notes", "note", note="For the file.")
    desk.act("reopen", "reopen", note="It came up again.")
    assert desk.row.status == Status.IN_REVIEW
    assert [kind for kind, _, _ in desk.done()] == [EntryKind.CLOSED, EntryKind.NOTED, EntryKind.REOPENED]


def twice(desk: Desk, what: str, prefix: str, page: str, **fields: str) -> list[int]:
    """The same page sent two times, as an impatient finger does."""
    shown = desk.browser.get(page).text
    name = f"{prefix}-" if prefix else ""
    seen = re.search(rf'name="{name}seen"[^>]*value="(\d+)"', shown)
    assert seen
    data = {f"{name}{key}": value for key, value in {**fields, "seen": seen[1], "csrf_token": token(shown)}.items()}
    data["csrf_token"] = token(shown)
    return [desk.browser.post(f"{desk.page}/{what}", data=data).status_code for _ in range(2)]


@pytest.mark.parametrize(
    ("what", "prefix", "fields"),
    [
        ("keep", "keep", {}),
        ("severity", "grade", {"severity": "3"}),
        ("false-positive", "false_positive", {"note": "Lyrics."}),
        ("notes", "note", {"note": "Once is enough."}),
        ("close", "", {"outcome": "supported", "sure": "y"}),
    ],
)
def test_sending_the_same_form_twice_does_it_once(desk: Desk, what: str, prefix: str, fields: dict[str, str]) -> None:
    page = f"{desk.page}/close" if what == "close" else desk.page
    assert twice(desk, what, prefix, page, **fields) == [302, 302]
    assert len(desk.done()) == 1


def test_two_clicks_at_the_same_moment_do_it_once(desk: Desk) -> None:
    shown = desk.browser.get(desk.page).text
    data = {"csrf_token": token(shown), "note-csrf_token": token(shown), "note-note": "Once.", "note-seen": "1"}
    cookie = desk.browser.get_cookie("gatehouse")
    assert cookie is not None

    def click(_: int) -> int:
        browser = desk.school.browser()
        browser.set_cookie("gatehouse", cookie.value)
        return browser.post(f"{desk.page}/notes", data=data).status_code

    with ThreadPoolExecutor(4) as fingers:
        assert set(fingers.map(click, range(4))) == {302}
    assert desk.done() == [(EntryKind.NOTED, "reviewer:dsl", "Once.")]


def test_two_notes_in_a_row_are_two(desk: Desk) -> None:
    desk.act("notes", "note", note="First.")
    desk.act("notes", "note", note="Second.")
    desk.act("notes", "note", note="First.")
    assert [text for _, _, text in desk.done()] == ["First.", "Second.", "First."]


def test_nobody_decides_over_what_they_have_not_seen(desk: Desk) -> None:
    desk.school.reviewer("colleague", name="A colleague")
    shown = desk.browser.get(desk.page).text
    other = Desk(desk.school, desk.incident, desk.school.browser("colleague"))
    other.act("notes", "note", note="His mother rang.")
    answer = desk.browser.post(
        f"{desk.page}/false-positive",
        data={
            "csrf_token": token(shown),
            "false_positive-csrf_token": token(shown),
            "false_positive-seen": "1",
            "false_positive-note": "Banter.",
        },
    )
    assert answer.status_code == 422
    assert "This incident changed while you had it open." in answer.text
    assert "His mother rang." in answer.text
    assert 'value="Banter."' in answer.text
    assert EntryKind.FALSE_POSITIVE not in [kind for kind, _, _ in desk.done()]
    desk.act("false-positive", "false_positive", note="Banter.")
    assert desk.row.status == Status.FALSE_POSITIVE


def test_an_alert_sent_meanwhile_stands_in_nobodys_way(desk: Desk) -> None:
    shown = desk.browser.get(desk.page).text
    desk.school.entry(desk.incident, EntryKind.TOLD, "Mail.", "worker", desk.school.here)
    data = {"csrf_token": token(shown), "keep-csrf_token": token(shown), "keep-seen": "1"}
    assert desk.browser.post(f"{desk.page}/keep", data=data).status_code == 302


def test_coming_back_from_an_act_is_no_second_look(desk: Desk) -> None:
    desk.browser.get(desk.page)
    desk.act("keep", "keep")
    desk.browser.get(desk.page)
    looks = [entry for entry in desk.school.entries(desk.incident) if entry[0] == EntryKind.LOOKED]
    assert len(looks) == 2, "the page before and the page the form was sent from; not the one after"
    desk.browser.get(desk.page)
    assert len([e for e in desk.school.entries(desk.incident) if e[0] == EntryKind.LOOKED]) == 3
