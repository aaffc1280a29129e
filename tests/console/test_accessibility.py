"""WCAG 2.2 AA on every page and in every state of the console, wide and narrow, as axe sees it in Chromium."""

from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.console.states import STATES, State
from tests.console.visiting import CHROMIUM
from tests.console.visitors import Visitors

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium's headless shell")

WIDTHS = (1440, 320)
STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch our style sheet again, which the content policy refuses
}


def violations(page: Page) -> Mapping[str, list[str]]:
    """The elements that break each rule."""
    found = Axe().run(page, options=STANDARD).response["violations"]
    return {f"{v['id']}: {v['help']}": [f"{n['target']} {n['html'][:160]}" for n in v["nodes"]] for v in found}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing(visitors: Visitors, state: State, width: int) -> None:
    page = visitors.visit(state, width)
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_find_what_is_wrong(visitors: Visitors) -> None:
    page = visitors.visit(STATES[0], 1440)
    page.evaluate("document.querySelectorAll('label').forEach((label) => label.remove())")
    page.evaluate("document.querySelector('.quiet').style.color = '#bbb'")
    assert {rule.partition(":")[0] for rule in violations(page)} == {"label", "color-contrast"}


def named(name: str) -> State:
    return next(state for state in STATES if state.name == name)


ORDINARY = tuple(map(named, ("queue", "incident drawn and long", "closing", "people")))
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } \
p { margin-bottom: 2em !important; }"


@pytest.mark.parametrize("width", [320, 720])
@pytest.mark.parametrize("state", ORDINARY, ids=lambda state: state.name)
def test_text_may_be_spaced_out(visitors: Visitors, state: State, width: int) -> None:
    page = visitors.visit(state, width, bypass_csp=True)  # a reader's own style is not the page's
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


CUT_OFF = """() => [...document.querySelectorAll("main *, .bar *")]
  .filter((e) => e.checkVisibility() && !e.matches(".visually-hidden, .visually-hidden *, svg, svg *"))
  .filter((e) => ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("state", ORDINARY, ids=lambda state: state.name)
def test_nothing_moves_for_those_who_asked_for_that(visitors: Visitors, state: State) -> None:
    page = visitors.visit(state, 1440)
    assert page.evaluate("[...document.querySelectorAll('*')].map((e) => e.getAnimations()).flat().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration") == "0s"


@pytest.mark.parametrize("state", ORDINARY, ids=lambda state: state.name)
def test_axe_finds_nothing_in_the_systems_own_colours(visitors: Visitors, state: State) -> None:
    assert violations(visitors.visit(state, 1440, forced_colors="active")) == {}


def test_what_is_chosen_is_seen_in_the_systems_own_colours(visitors: Visitors) -> None:
    page = visitors.visit(named("closing"), 1440, forced_colors="active")
    for name in ("Spoken to", "I have looked at the captures"):
        choice = page.get_by_label(name)
        before = choice.screenshot()
        choice.check()
        page.get_by_role("heading").click()
        assert choice.screenshot() != before, name
    page = visitors.visit(named("queue"), 1440, forced_colors="active")
    line = "(tab) => getComputedStyle(tab).borderBottomWidth"
    here, others = page.locator(".tabs a[aria-current]"), page.locator(".tabs a:not([aria-current])")
    assert here.evaluate(line) != others.first.evaluate(line)


def test_severity_is_told_without_colour(visitors: Visitors) -> None:
    levels = visitors.visit(named("help"), 1440).locator(".levels .severity")
    shapes = levels.locator("svg > :first-child").evaluate_all("(all) => all.map((shape) => shape.outerHTML)")
    assert len(set(shapes)) == 5
    words = [said.split()[-1] for said in levels.all_inner_texts()]
    assert words == ["immediate", "high", "medium", "low", "record"]
