"""Without a mouse: the focus is always seen, never hidden and never lost, and a day's work needs nothing but keys."""

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.models import Incident, Outcome, Status
from tests.console.factories import PASSWORD, School
from tests.console.states import State
from tests.console.tabbing import here, reachable, tab_to, tabs
from tests.console.town import DSL
from tests.console.visiting import CHROMIUM, arrived, opened, told
from tests.console.visitors import Visitors

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium's headless shell")

SCREENS = {
    "1280 by 800": (1280, 800),
    "a telephone": (320, 640),
    "1440 by 900 at 200 %": (720, 450),
    "1280 by 720 at 200 %": (640, 360),
    "1280 by 1024 at 400 %": (320, 256),
}
PAGES = ("/queue", "/incidents/{drawn and long}", "/incidents/{words alone}", "/incidents/{several captures}",
         "/incidents/{closed}", "/incidents/{drawn}/close", "/people", "/health", "/account", "/help")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_focus_is_seen_at_every_stop(visitors: Visitors, screen: str, path: str) -> None:
    width, height = SCREENS[screen]
    page = visitors.visit(State("", DSL, path, "Gatehouse"), width, height=height)
    for key in ("Tab", "Shift+Tab"):
        stops = list(tabs(page, key))
        assert [stop for stop in stops if not stop.well] == []
        assert len(stops) == reachable(page)


def entered(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    tab_to(page, "Login")
    page.keyboard.type("dsl")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    arrived(page, "Queue")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_days_work_by_tab_space_and_enter(school: School, chromium: Browser, address: str, screen: str) -> None:
    school.reviewer("dsl")
    grave = school.incident(school.person("Robin Ashworth"), severity=5)
    school.incident(school.person("Sam Oak"), severity=3)
    width, height = SCREENS[screen]
    page = opened(chromium, [], width=width, height=height)
    entered(page, address)

    tab_to(page, "Robin Ashworth")
    page.keyboard.press("Enter")
    arrived(page, "Robin Ashworth")
    tab_to(page, "Skip to the decision")
    page.keyboard.press("Enter")
    tab_to(page, "Severity")
    page.keyboard.press("Space")
    expect(page.get_by_label("1 for the record")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("4 high")).to_be_checked()
    tab_to(page, "Why")
    page.keyboard.type("Known to us since last week.")
    tab_to(page, "Save this severity")
    page.keyboard.press("Enter")
    told(page, "The severity was changed.")

    tab_to(page, "Close")
    page.keyboard.press("Enter")
    arrived(page, "Close this incident?")
    tab_to(page, "The person is being supported")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "What was done")
    page.keyboard.type("Spoke with Robin.")
    tab_to(page, "I have looked at the captures")
    page.keyboard.press("Space")
    tab_to(page, "Close the incident")
    page.keyboard.press("Enter")
    told(page, "The incident is closed.")
    tab_to(page, "Next waiting")
    page.keyboard.press("Enter")
    arrived(page, "Sam Oak")

    closed = school.get(Incident, grave)
    assert (closed.severity, closed.status, closed.outcome) == (4, Status.CLOSED, Outcome.SPOKEN_TO)


def test_a_page_that_answers_starts_at_its_answer(visitors: Visitors) -> None:
    page = visitors.visit(State("", DSL, "/incidents/{drawn}/close", "Close this incident?"), 1280)
    tab_to(page, "Close the incident")
    page.keyboard.press("Enter")
    told(page, "Choose what came of it.")
    stop = here(page)
    assert stop is not None
    assert stop.name == "The person is being supported"
    page = visitors.visit(State("", DSL, "/incidents/{kept}", "Sam Oak"), 1280)
    page.keyboard.press("n")
    page.keyboard.type("Rang home.")
    page.keyboard.press("Control+Enter")
    told(page, "The note was added.")
    tab_to(page, "Queue")
    expect(page.locator("main .trail a")).to_be_focused()


def test_whoever_goes_on_leaves_no_panel_lying_over_the_page(visitors: Visitors) -> None:
    page = visitors.visit(State("", DSL, "/incidents/{drawn}", "Robin Ashworth"), 1280)
    page.keyboard.press("n")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    tab_to(page, "Add the note")
    tab_to(page, "Close")
    expect(page.get_by_label("Note", exact=True)).to_be_hidden()
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    expect(page.locator(".bar summary", has_text="False positive")).to_be_focused()
