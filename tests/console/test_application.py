"""The console as a whole: cookies, proxies, and pages a machine can read."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from console.application import create_app
from tests.console.factories import PASSWORD, School, submit

VOID = {"meta", "link", "input", "br", "img", "path", "circle", "hr"}


class Outline(HTMLParser):
    """Tags that open and close in order, ids, labels and headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "label" and found.get("for"):
            self.labelled.add(str(found["for"]))
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append(found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


PAGES = (
    "/queue",
    "/queue?status=closed",
    "/people",
    "/people/1",
    "/devices",
    "/health",
    "/account",
    "/help",
    "/nowhere",
)


def test_every_page_is_well_formed_labelled_and_has_its_landmarks(school: School) -> None:
    incident = school.incident(school.person(), captures=2)
    school.banner()
    school.device()
    school.reviewer("dsl")
    browser = school.browser("dsl")
    for address in (*PAGES, f"/incidents/{incident}", f"/incidents/{incident}/close"):
        outline = Outline(browser.get(address).text)
        assert not outline.faults, address
        assert not outline.open, address
        unlabelled = [f for f in outline.fields if f.get("id") not in outline.labelled]
        assert not unlabelled, address
        assert outline.tags.count("h1") == 1, address
        assert outline.tags.count("main") == 1, address
        repeated = {i for i in outline.ids if outline.ids.count(i) > 1}
        assert not repeated, address


def test_the_door_is_well_formed_too(school: School) -> None:
    outline = Outline(school.browser().get("/sign-in").text)
    assert not outline.faults
    assert outline.tags.count("main") == outline.tags.count("h1") == 1


def test_cookies_are_for_this_host_https_and_the_server_alone(school: School) -> None:
    school.reviewer("dsl")
    app = create_app(replace(school.settings, cookie_secure=True), school.sessions, school.vault, school.clock)
    client = app.test_client()
    with client:
        shown = client.get("/sign-in", base_url="https://gatehouse.example")
        assert shown.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        cookie = shown.headers["Set-Cookie"]
    assert cookie.startswith("__Host-gatehouse=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_over_https_without_a_referrer_forms_still_work(school: School) -> None:
    school.reviewer("dsl")
    app = create_app(replace(school.settings, cookie_secure=True), school.sessions, school.vault, school.clock)
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    answer = submit(client, "https://gatehouse.example/sign-in", login="dsl", password=PASSWORD)
    assert answer.status_code == 302


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "10.9.8.7")])
def test_forwarded_addresses_are_believed_only_where_a_proxy_is_named(
    school: School, proxies: int, address: str
) -> None:
    from appliance.models import SignInAttempt

    school.reviewer("dsl")
    settings = replace(school.settings, proxies=proxies, passkeys_required="never")
    app = create_app(settings, school.sessions, school.vault, school.clock)
    client = app.test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "10.9.8.7"
    submit(client, "/sign-in", login="dsl", password="wrong")
    with school.sessions() as session:
        assert [attempt.address for attempt in session.query(SignInAttempt)] == [address]


def test_a_secret_that_will_not_do_stops_the_start(school: School, tmp_path: Path) -> None:
    (tmp_path / "weak").write_bytes(b"secret")
    weak = replace(school.settings, secret_key_file=tmp_path / "weak")
    with pytest.raises(ValueError, match="too short"):
        create_app(weak, school.sessions, school.vault, school.clock)
