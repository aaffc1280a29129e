"""A reviewer's evening in a real browser, by keyboard alone: sign in, open, grade, note, close; nothing is refused by
the content policy on the way."""

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.entry_kinds import EntryKind
from appliance.models import Incident, Outcome, Status
from tests.console.factories import PASSWORD, School
from tests.console.visiting import CHROMIUM, arrived, opened, told

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium's headless shell")


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.get_by_label("Login").focus()
    page.keyboard.type("dsl")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    arrived(page, "Queue")


def test_a_day_by_keyboard_alone(school: School, chromium: Browser, address: str) -> None:
    school.reviewer("dsl")
    grave = school.incident(school.person("Robin Ashworth"), severity=5)
    other = school.incident(school.person("Sam Oak"), severity=3)
    complaints: list[str] = []
    page = opened(chromium, complaints)
    sign_in(page, address)

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Robin Ashworth")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Sam Oak")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    arrived(page, "Robin Ashworth")
    picture = page.locator("figure img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 400

    page.keyboard.press("4")
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    page.keyboard.type("k c f 5: keys in a field are words")
    page.keyboard.press("Enter")
    told(page, "The severity was changed.")
    assert school.get(Incident, grave).severity == 4

    page.keyboard.press("n")
    page.keyboard.type("Rang home.")
    page.keyboard.press("Enter")
    page.keyboard.type("Nobody there.")
    page.keyboard.press("Control+Enter")
    told(page, "The note was added.")

    page.keyboard.press("f")
    expect(page.get_by_label("Why it is nothing")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Why it is nothing")).to_be_hidden()

    page.keyboard.press("c")
    arrived(page, "Close this incident?")
    page.get_by_label("Spoken to").focus()
    page.keyboard.press("Space")
    page.get_by_label("I have looked at the captures").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    told(page, "The incident is closed.")

    page.keyboard.press("j")
    arrived(page, "Sam Oak")
    page.keyboard.press("k")
    told(page, "Kept. It is in review now.")

    closed = school.get(Incident, grave)
    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.SPOKEN_TO)
    assert school.get(Incident, other).status == Status.IN_REVIEW
    done = [(kind, text) for kind, _, text in school.entries(grave) if kind not in (EntryKind.LOOKED, EntryKind.OPENED)]
    assert done == [
        (EntryKind.GRADED, "From 5 to 4. k c f 5: keys in a field are words"),
        (EntryKind.NOTED, "Rang home.\r\nNobody there."),
        (EntryKind.CLOSED, "Outcome: spoken to."),
    ]
    assert complaints == []


def test_without_scripts_everything_still_works(school: School, chromium: Browser, address: str) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person("Robin Ashworth"))
    page = opened(chromium, [], scripts=False)
    page.goto(f"{address}/incidents/{incident}")
    page.get_by_label("Login").fill("dsl")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("summary", has_text="False positive").click()
    page.get_by_label("Why it is nothing").fill("Lyrics.")
    page.get_by_role("button", name="Mark as false positive").click()
    expect(page.get_by_text("Marked as a false positive.")).to_be_visible()
    assert school.get(Incident, incident).status == Status.FALSE_POSITIVE


def test_keys_turned_off_do_nothing(school: School, chromium: Browser, address: str) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person("Robin Ashworth"))
    page = opened(chromium, [])
    sign_in(page, address)
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Turn keys off").click()
    page.goto(f"{address}/incidents/{incident}")
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.goto(f"{address}/incidents/{incident}")
    assert school.get(Incident, incident).status == Status.NEW


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_no_page_is_wider_than_the_screen_and_the_decision_is_in_reach(
    school: School, chromium: Browser, address: str, width: int
) -> None:
    school.reviewer("dsl", name="Wolfeschlegelsteinhausenbergerdorff-Okonkwo")
    school.device("a-gateway-with-a-name-that-nobody-would-choose-but-somebody-will")
    school.banner(body="x" * 300)
    person = school.person("Wolfeschlegelsteinhausenbergerdorff Maximiliane " + "y" * 200)
    incident = school.incident(person, captures=0)
    school.capture(incident, person_id=person, text="z" * 3000, matches=[], location="https://e.example/" + "q" * 500)
    complaints: list[str] = []
    page = opened(chromium, complaints, width=width)
    sign_in(page, address)
    for path in ("/queue", f"/incidents/{incident}", f"/incidents/{incident}/close", "/people", f"/people/{person}"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    for path in ("/health", "/account", "/help"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{address}/incidents/{incident}")
    for name in ("Keep at 4", "Close"):
        expect(page.locator(".bar").get_by_text(name).first).to_be_in_viewport()
    assert complaints == []
