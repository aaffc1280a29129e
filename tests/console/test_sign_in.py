"""The door: who is let in, where they land, how they leave."""

from datetime import timedelta

import pytest

from tests.console.factories import PASSWORD, School, submit


def test_signing_in_leads_to_where_one_was_going(school: School) -> None:
    school.reviewer("dsl")
    browser = school.browser()
    door = browser.get("/queue?severity=5").location
    assert door == "/sign-in?next=/queue?severity%3D5"
    answer = submit(browser, door, login="dsl", password=PASSWORD)
    assert answer.location == "/queue?severity=5"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a%0ab",
    ],
)
def test_signing_in_never_leads_to_another_site(school: School, elsewhere: str) -> None:
    school.reviewer("dsl")
    answer = submit(school.browser(), f"/sign-in?next={elsewhere}", login="dsl", password=PASSWORD)
    assert answer.location == "/"


@pytest.mark.parametrize(("login", "password"), [("dsl", "another password"), ("nobody", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_read_alike(school: School, login: str, password: str) -> None:
    school.reviewer("dsl")
    answer = submit(school.browser(), "/sign-in", login=login, password=password)
    assert answer.status_code == 422
    assert "Login and password do not belong together" in answer.text
    assert password not in answer.text


def test_what_is_missing_is_said_beside_the_field(school: School) -> None:
    answer = submit(school.browser(), "/sign-in", login="", password="")
    assert answer.status_code == 422
    assert "Enter your login." in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_guessing_is_slowed_down(school: School) -> None:
    school.reviewer("dsl")
    browser = school.browser()
    answers = [submit(browser, "/sign-in", login="dsl", password=f"wrong {i}") for i in range(30)]
    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429
    assert "Too many attempts. Try again in" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_signing_out_ends_the_sign_in_itself(school: School) -> None:
    school.reviewer("dsl")
    browser = school.browser("dsl")
    kept = browser.get_cookie("gatehouse")
    assert kept is not None
    assert submit(browser, "/sign-out", page="/queue").location == "/sign-in"
    assert "You are signed out." in browser.get("/sign-in").text
    browser.set_cookie("gatehouse", kept.value)
    assert browser.get("/queue").location.startswith("/sign-in")


def test_a_long_absence_ends_the_sign_in(school: School) -> None:
    school.reviewer("dsl")
    browser = school.browser("dsl")
    school.clock.at += timedelta(days=3)
    assert browser.get("/queue").location.startswith("/sign-in")
    assert "You were signed out because you had been away" in browser.get("/sign-in").text


def test_the_form_token_from_before_the_sign_in_is_worth_nothing_after_it(school: School) -> None:
    from tests.console.factories import token

    school.reviewer("dsl")
    browser = school.browser()
    before = token(browser.get("/sign-in").text)
    submit(browser, "/sign-in", login="dsl", password=PASSWORD)
    assert browser.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_whoever_is_in_does_not_see_the_door(school: School) -> None:
    school.reviewer("dsl")
    assert school.browser("dsl").get("/sign-in").location == "/"
