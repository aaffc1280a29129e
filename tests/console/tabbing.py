"""Going through a page with the Tab key, and what a person who sees the screen makes of where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 150
_STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = e.getClientRects()[0] || e.getBoundingClientRect();
  const inside = box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
  const covers = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && top !== e && !e.contains(top) && !top.contains(e);
  };
  const points = [[.5, .5], [.1, .15], [.9, .15], [.1, .85], [.9, .85]];
  return {
    name: (e.innerText || e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.tagName).trim().slice(0, 60),
    ring: shown(getComputedStyle(e)) || shown(getComputedStyle(e, "::after")),
    inside: inside || box.height > innerHeight - 150,
    covered: points.some(([x, y]) => covers(box.left + x * box.width, box.top + y * box.height)),
  };
}"""
_REACHABLE = """() =>
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility({visibilityProperty: true}))
  .filter((e) => e.type !== "radio" || e === e.form.elements[e.name][0]).length"""


@dataclass(frozen=True)
class Stop:
    name: str
    ring: bool
    """Whether one sees that it has the focus."""
    inside: bool
    """On the screen; of what is taller than the screen, a part."""
    covered: bool
    """By something that lies over it."""

    @property
    def well(self) -> bool:
        return self.ring and self.inside and not self.covered


def here(page: Page) -> Stop | None:
    """Where the focus is; None where nothing has it."""
    found = page.evaluate(_STOP)
    return Stop(**found) if found else None


def tabs(page: Page, key: str = "Tab") -> Iterator[Stop]:
    """From where one is to the end of the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = here(page)
        if stop is None:
            return
        yield stop
    raise AssertionError("the Tab key never leaves this page")


def reachable(page: Page) -> int:
    """How many stops there ought to be."""
    return int(page.evaluate(_REACHABLE))


def tab_to(page: Page, name: str) -> None:
    """To the first stop whose name begins so; every one on the way must be seen."""
    for stop in tabs(page):
        assert stop.well, stop
        if stop.name.startswith(name):
            return
    raise AssertionError(f"the Tab key does not reach “{name}”")
