"""What goes wrong is said calmly, in our own words, without a traceback."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from console import queue
from tests.console.factories import School, submit, token
from tests.tmpfs import Tmpfs


def test_not_found_reads_the_same_whether_it_never_was_or_is_not_yours(school: School) -> None:
    theirs = school.incident(school.person(organisation_id=school.elsewhere), organisation_id=school.elsewhere)
    school.reviewer("dsl")
    browser = school.browser("dsl")
    missing, foreign = browser.get("/incidents/99999"), browser.get(f"/incidents/{theirs}")
    assert missing.status_code == foreign.status_code == 404
    assert missing.text == foreign.text
    assert "belongs to a school you do not work for" in missing.text


@pytest.mark.parametrize("forged", ["", "made-up"])
def test_a_form_without_its_token_changes_nothing(school: School, forged: str) -> None:
    incident = school.incident(school.person())
    school.reviewer("dsl")
    answer = school.browser("dsl").post(f"/incidents/{incident}/keep", data={"csrf_token": forged})
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert [kind for kind, _, _ in school.entries(incident)] == ["opened"]


def test_a_token_of_somebody_else_changes_nothing(school: School) -> None:
    incident = school.incident(school.person())
    school.reviewer("dsl")
    school.reviewer("other")
    stolen = token(school.browser("other").get("/account").text)
    answer = school.browser("dsl").post(f"/incidents/{incident}/keep", data={"csrf_token": stolen})
    assert answer.status_code == 400


def test_what_is_too_long_is_refused(school: School) -> None:
    incident = school.incident(school.person())
    school.reviewer("dsl")
    browser = school.browser("dsl")
    page = f"/incidents/{incident}"
    answer = submit(browser, f"{page}/notes", page=page, prefix="note", note="x" * 99999)
    assert answer.status_code == 413
    assert "Too long" in answer.text


def test_a_method_that_is_not_offered_is_refused(school: School) -> None:
    incident = school.incident(school.person())
    school.reviewer("dsl")
    assert school.browser("dsl").get(f"/incidents/{incident}/keep").status_code == 405


def test_a_fault_of_our_own_shows_no_traceback(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("a child's words")

    school.reviewer("dsl")
    browser = school.browser("dsl")
    monkeypatch.setattr(queue, "read", broken)
    answer = browser.get("/queue")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert "Traceback" not in answer.text
    assert "words" not in answer.text


def test_on_a_full_disk_the_queue_is_read_and_what_needs_an_entry_says_why_not(tmpfs: Tmpfs, migrated: Path) -> None:
    shutil.copy(migrated, tmpfs.folder / "gatehouse.db")
    school = School(tmpfs.folder)
    incident = school.incident(school.person())
    school.reviewer("dsl")
    browser = school.browser("dsl")
    assert browser.get("/queue").status_code == 200
    tmpfs.fill()
    school.clock.at += timedelta(minutes=5)
    for _ in range(9):  # the last free bytes of the journal
        opened = browser.get(f"/incidents/{incident}")
    assert opened.status_code == 507
    assert "The disk is full" in opened.text
    assert browser.get("/queue").status_code == 200
    tmpfs.empty()
    assert browser.get(f"/incidents/{incident}").status_code == 200
    school.sessions.kw["bind"].dispose()
