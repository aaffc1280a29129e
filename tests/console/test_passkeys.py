"""Passkeys with a real browser and its virtual device: added at school, asked for at home, removed when lost."""

import base64
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import delete, select

from appliance.models import Entry, EntryText, Passkey, ReviewerRole, SignIn, SignInAttempt
from console.application import create_app
from console.settings import ConsoleSettings
from tests.console.authenticators import Soft, Virtual
from tests.console.factories import PASSWORD, School, submit, token
from tests.console.visiting import enter, opened, served

SCHOOL, HOME = {"X-Forwarded-For": "10.1.0.7"}, {"X-Forwarded-For": "203.0.113.9"}


@dataclass
class Console:
    school: School
    settings: ConsoleSettings
    chromium: Browser
    complaints: list[str]

    @property
    def address(self) -> str:
        return str(self.settings.public_url)

    def laptop(self, at: dict[str, str] = SCHOOL, **more: Any) -> Page:
        page = opened(self.chromium, self.complaints, **more)
        page.set_extra_http_headers(at)
        return page

    def says(self) -> list[tuple[str, str]]:
        same = (EntryText.organisation_id == Entry.organisation_id) & (EntryText.sequence == Entry.sequence)
        with self.school.sessions() as session:
            rows = session.execute(select(Entry.actor, EntryText.text).join(EntryText, same).order_by(Entry.sequence))
            return [(actor, said) for actor, said in rows]


def required(school: School, when: str, **more: Any) -> ConsoleSettings:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    at, inside = f"http://localhost:{port}", ("10.1.0.0/24",)
    return replace(school.settings, public_url=at, proxies=1, inside=inside, passkeys_required=when, **more)


@pytest.fixture
def console(school: School, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Console]:
    """Behind a proxy, with passkeys for whoever comes from outside; or when the test says."""
    settings = required(school, getattr(request, "param", "outside"))
    app = create_app(settings, school.sessions, school.vault, school.clock)
    complaints: list[str] = []
    with served(app, int(str(settings.public_url).rpartition(":")[2])) as _:
        yield Console(school, settings, chromium, complaints)
    assert [said for said in complaints if "status of 4" not in said] == []


always = pytest.mark.parametrize("console", ["always"], indirect=True)


def signed_in(console: Console, page: Page) -> None:
    page.goto(f"{console.address}/sign-in")
    enter(page, "dsl")


def begin(console: Console, page: Page, name: str = "Work laptop", password: str = PASSWORD) -> None:
    page.goto(f"{console.address}/account")
    page.get_by_label("What to call it").fill(name)
    page.get_by_label("Your password", exact=True).fill(password)
    page.get_by_role("button", name="Add a passkey").click()


def with_passkey(console: Console, name: str = "Work laptop") -> tuple[Page, Virtual]:
    """A laptop at school that has one, and whose owner is signed in by password."""
    page = console.laptop()
    device = Virtual(page)
    signed_in(console, page)
    begin(console, page, name)
    expect(page.get_by_text(f"The passkey “{name}” was added.")).to_be_visible()
    return page, device


def go_home(page: Page) -> None:
    page.context.clear_cookies()
    page.set_extra_http_headers(HOME)


def ask_at_the_door(console: Console, page: Page, path: str = "/") -> None:
    page.goto(console.address + path)
    page.get_by_role("link", name="Sign in with a passkey").click()


def test_one_added_at_school_opens_the_console_at_home_and_leads_where_one_was_going(console: Console) -> None:
    console.school.reviewer("dsl")
    page, _ = with_passkey(console)
    row = page.get_by_role("row", name="Work laptop")
    expect(row).to_contain_text("Never")
    go_home(page)
    ask_at_the_door(console, page, "/people")
    expect(page).to_have_url(f"{console.address}/people")
    page.goto(f"{console.address}/account")
    expect(row).not_to_contain_text("Never")
    assert console.says() == [("reviewer:dsl", "Added the passkey “Work laptop” of dsl.")]


def test_from_home_a_password_is_not_even_looked_at(console: Console) -> None:
    console.school.reviewer("dsl")
    page = console.laptop(HOME)
    page.goto(console.address)
    expect(page.get_by_text("your password alone is not enough")).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)
    client = knocking(console, HOME)
    shown = client.get("/sign-in/passkey").text
    for password in (PASSWORD, "wrong"):
        answer = client.post("/sign-in", data={"login": "dsl", "password": password, "csrf_token": token(shown)})
        assert answer.status_code == 403
        assert "do not belong together" not in answer.text
    with console.school.sessions() as session:
        assert session.scalars(select(SignInAttempt)).all() == []


def test_who_signed_in_by_password_at_school_is_not_in_at_home(console: Console) -> None:
    console.school.reviewer("dsl")
    page = console.laptop()
    signed_in(console, page)
    page.set_extra_http_headers(HOME)
    page.goto(f"{console.address}/queue")
    expect(page.get_by_text("your password alone is not enough")).to_be_visible()
    page.set_extra_http_headers(SCHOOL)
    page.goto(f"{console.address}/queue")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def test_the_machine_itself_is_inside_unless_something_passes_requests_on(console: Console) -> None:
    console.school.reviewer("dsl")
    page = console.laptop({})
    signed_in(console, page)
    expect(page).to_have_url(f"{console.address}/queue")
    page.set_extra_http_headers({"X-Forwarded-For": "127.0.0.1"})
    page.goto(f"{console.address}/queue")
    expect(page.get_by_text("your password alone is not enough")).to_be_visible()


def test_another_key_under_the_same_name_does_not_open(console: Console) -> None:
    console.school.reviewer("dsl")
    page, device = with_passkey(console)
    (key,) = device.keys()
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    device.take({**key, "privateKey": base64.b64encode(other).decode()})
    go_home(page)
    ask_at_the_door(console, page)
    expect(page.get_by_text("This passkey does not open anything here.")).to_be_visible()


def test_a_copy_that_counts_for_itself_is_refused_and_that_is_an_entry(console: Console) -> None:
    console.school.reviewer("dsl")
    page, device = with_passkey(console)
    (copied,) = device.keys()
    go_home(page)
    for _ in range(2):
        ask_at_the_door(console, page)
        expect(page).to_have_url(f"{console.address}/queue")
        page.context.clear_cookies()
    device.take({**copied, "signCount": 1})
    ask_at_the_door(console, page)
    expect(page.get_by_text("This passkey does not open anything here.")).to_be_visible()
    assert "there may be a copy of it" in console.says()[-1][1]


def test_an_answer_opens_once_and_one_that_is_late_never(console: Console) -> None:
    console.school.reviewer("dsl")
    page, _ = with_passkey(console)
    go_home(page)
    sent: list[tuple[str, str]] = []
    page.on("request", lambda request: sent.extend(what_was_sent(request)))
    ask_at_the_door(console, page)
    expect(page).to_have_url(f"{console.address}/queue")
    ((cookies, form),) = sent
    answer = send_again(console, cookies, form)
    assert answer.status_code == 422
    assert "does not open anything" in answer.text
    with console.school.sessions.begin() as session:
        session.execute(delete(SignIn))
    console.school.clock.at += timedelta(minutes=6)
    assert "That took too long" in send_again(console, cookies, form).text


def what_was_sent(request: Request) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    return [(request.all_headers()["cookie"], request.post_data or "")]


def send_again(console: Console, cookies: str, form: str) -> Any:
    client = create_app(
        console.settings, console.school.sessions, console.school.vault, console.school.clock
    ).test_client(use_cookies=False)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", **HOME}
    return client.post("/sign-in/passkey", data=form, headers=headers)


def test_a_device_that_does_not_see_its_owner_gives_none_and_the_page_says_so(console: Console) -> None:
    console.school.reviewer("dsl")
    page, device = with_passkey(console)
    device.does_not_see_its_owner()
    go_home(page)
    ask_at_the_door(console, page)
    expect(page.get_by_role("alert")).to_have_text("No passkey was given. Ask again, or choose another device.")


def test_a_lost_one_is_removed_and_whoever_has_it_is_out(console: Console) -> None:
    console.school.reviewer("dsl")
    page, _ = with_passkey(console, "Telephone")
    go_home(page)
    ask_at_the_door(console, page)
    expect(page).to_have_url(f"{console.address}/queue")
    other = console.laptop()
    signed_in(console, other)
    other.goto(f"{console.address}/account")
    other.get_by_role("link", name="Remove Telephone").click()
    other.get_by_label("Your password", exact=True).fill("not my password")
    other.get_by_role("button", name="Remove it").click()
    expect(other.get_by_text("The password is not right.")).to_be_visible()
    other.get_by_label("Your password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Remove it").click()
    expect(other.get_by_text("You have none yet.")).to_be_visible()
    page.goto(f"{console.address}/queue")
    expect(page.get_by_text("your password alone is not enough")).to_be_visible()
    ask_at_the_door(console, page)
    expect(page.get_by_text("This passkey does not open anything here.")).to_be_visible()
    assert console.says()[-1] == ("reviewer:dsl", "Removed the passkey “Telephone” of dsl.")


def test_the_password_is_asked_before_one_is_added(console: Console) -> None:
    console.school.reviewer("dsl")
    page = console.laptop()
    Virtual(page)
    signed_in(console, page)
    begin(console, page, password="not my password")
    expect(page.get_by_text("The password is not right.")).to_be_visible()
    page.goto(f"{console.address}/account/passkeys/new")
    expect(page.get_by_text("That took too long. Begin again.")).to_be_visible()
    expect(page.get_by_text("You have none yet.")).to_be_visible()


def test_a_device_that_has_one_makes_no_second(console: Console) -> None:
    console.school.reviewer("dsl")
    page, device = with_passkey(console)
    begin(console, page, "The same laptop")
    expect(page.get_by_role("alert")).to_have_text("This device has a passkey of yours already.")
    assert len(device.keys()) == 1


def test_nobody_removes_anothers(console: Console) -> None:
    theirs = console.school.passkey(console.school.reviewer("deputy", ReviewerRole.DEPUTY))
    console.school.reviewer("dsl")
    page = console.laptop()
    signed_in(console, page)
    page.goto(f"{console.address}/account/passkeys/{theirs}/remove")
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    assert console.school.get(Passkey, theirs) is not None


def test_without_scripts_the_password_opens_at_school_and_the_page_says_what_passkeys_need(console: Console) -> None:
    console.school.reviewer("dsl")
    page = console.laptop(scripts=False)
    page.goto(f"{console.address}/sign-in/passkey")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    enter(page, "dsl")
    expect(page).to_have_url(f"{console.address}/queue")


@always
def test_where_all_need_one_the_first_is_added_after_the_password_and_then_the_password_is_not_enough(
    console: Console,
) -> None:
    console.school.reviewer("dsl")
    page = console.laptop()
    device = Virtual(page)
    signed_in(console, page)
    page.goto(f"{console.address}/queue")
    expect(page).to_have_url(f"{console.address}/account")
    begin(console, page)
    expect(page.get_by_text("Everybody signs in with a passkey here.")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert len(device.keys()) == 1
    enter(page, "dsl")
    expect(page).to_have_url(re.compile("/sign-in"))
    ask_at_the_door(console, page)
    expect(page).to_have_url(f"{console.address}/queue")


def test_at_another_address_the_door_says_where_passkeys_are_used(console: Console) -> None:
    page = console.laptop(HOME)
    page.goto(console.address.replace("localhost", "127.0.0.1"))
    expect(page.get_by_role("link", name=console.address)).to_be_visible()
    expect(page.get_by_role("link", name="Sign in with a passkey")).to_have_count(0)


def test_an_answer_that_is_nonsense_or_of_a_key_nobody_has_opens_nothing(console: Console) -> None:
    for answer in ("nonsense", "{}", json.dumps({"rawId": 7}), None):
        client = knocking(console, HOME)
        shown = client.get("/sign-in/passkey").text
        options = re.findall(r'data-options="([^"]+)"', shown)[0].replace("&#34;", '"')
        said = answer or Soft(origin=console.address, host="localhost").answer(options)
        sent = client.post("/sign-in/passkey", data={"answer": said, "csrf_token": token(shown)})
        assert sent.status_code == 422
        assert "does not open anything" in sent.text


def test_where_no_public_address_is_set_there_are_none(school: School) -> None:
    school.reviewer("dsl")
    app = create_app(replace(school.settings, public_url=None), school.sessions, school.vault, school.clock)
    client = app.test_client()
    assert client.get("/sign-in/passkey").status_code == 404
    assert "passkey" not in client.get("/sign-in").text
    assert submit(client, "/sign-in", login="dsl", password=PASSWORD).status_code == 302
    assert "Passkeys" not in client.get("/account").text


def knocking(console: Console, at: dict[str, str]) -> FlaskClient:
    settings, school = console.settings, console.school
    client = create_app(settings, school.sessions, school.vault, school.clock).test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = at["X-Forwarded-For"]
    return client
