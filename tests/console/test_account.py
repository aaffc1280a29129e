"""One's own account: the password and the keys."""

import pytest

from appliance.models import ReviewerRole
from tests.console.factories import PASSWORD, School, submit

NEW = "seven green umbrellas upstairs"


def change(school: School, current: str, new: str, again: str, login: str = "dsl") -> tuple[int, str]:
    browser = school.browser(login)
    answer = submit(browser, "/account/password", page="/account", current=current, new=new, again=again)
    return answer.status_code, answer.text


def test_a_new_password_takes_the_place_of_the_old(school: School) -> None:
    school.reviewer("dsl")
    assert change(school, PASSWORD, NEW, NEW)[0] == 302
    stranger = school.browser()
    assert submit(stranger, "/sign-in", login="dsl", password=PASSWORD).status_code == 422
    assert submit(stranger, "/sign-in", login="dsl", password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("", NEW, NEW, "Enter the password you have now."),
        (PASSWORD, NEW, NEW + "x", "The two new passwords differ."),
        (PASSWORD, "short", "short", "12"),
        ("not my password", NEW, NEW, "The current password is not right."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    school: School, current: str, new: str, again: str, said: str
) -> None:
    school.reviewer("dsl")
    status, page = change(school, current, new, again)
    assert status == 422
    assert said in page
    assert 'aria-invalid="true"' in page
    assert submit(school.browser(), "/sign-in", login="dsl", password=PASSWORD).status_code == 302


def test_a_new_password_signs_out_every_other_browser_and_not_this_one(school: School) -> None:
    school.reviewer("dsl")
    here, there = school.browser("dsl"), school.browser("dsl")
    submit(here, "/account/password", page="/account", current=PASSWORD, new=NEW, again=NEW)
    assert here.get("/queue").status_code == 200
    assert there.get("/queue").location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("role", "first_page"), [(ReviewerRole.DSL, "/queue"), (ReviewerRole.NETWORK_MANAGER, "/health")]
)
def test_an_own_password_leads_to_the_work(school: School, role: ReviewerRole, first_page: str) -> None:
    school.reviewer("new", role, must_change_password=True)
    browser = school.browser("new")
    answer = submit(browser, "/account/password", page="/account", current=PASSWORD, new=NEW, again=NEW)
    assert browser.get(answer.location).location == first_page
    assert "Your password was changed." in browser.get(first_page).text


def test_a_password_changed_unasked_leads_back_to_the_account(school: School) -> None:
    school.reviewer("dsl")
    answer = submit(school.browser("dsl"), "/account/password", page="/account", current=PASSWORD, new=NEW, again=NEW)
    assert answer.location == "/account"


def test_single_keys_can_be_turned_off_in_this_browser(school: School) -> None:
    school.reviewer("dsl")
    browser, other = school.browser("dsl"), school.browser("dsl")
    assert "data-keys" in browser.get("/queue").text
    submit(browser, "/account/keys", page="/account", keys="off")
    assert "data-keys" not in browser.get("/queue").text
    assert "data-keys" in other.get("/queue").text
    submit(browser, "/sign-out", page="/queue")
    submit(browser, "/sign-in", login="dsl", password=PASSWORD)
    assert "data-keys" not in browser.get("/queue").text
    submit(browser, "/account/keys", page="/account", keys="on")
    assert "data-keys" in browser.get("/queue").text
