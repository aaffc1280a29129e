"""A town's console in front of browsers: one for each reviewer and each kind of screen, signed in once."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.console import town
from tests.console.factories import School
from tests.console.states import State
from tests.console.visiting import enter, opened


class Visitors:
    def __init__(self, school: School, address: str, chromium: Browser) -> None:
        self.school, self.address, self._chromium = school, address, chromium
        self.numbers = town.fill(school)
        self._pages: dict[tuple[object, ...], Page] = {}

    def visit(self, state: State, width: int, height: int = 900, **more: Any) -> Page:
        page = self._page(state.who, width, height, **more)
        page.goto(self.address + state.path.format_map(self.numbers))
        state.then(page)
        page.wait_for_load_state()
        assert state.shows in page.content(), state.name
        return page

    def _page(self, who: str, width: int, height: int, **more: Any) -> Page:
        known = (who, width, height, *sorted(more.items()))
        if known not in self._pages:
            page = opened(self._chromium, [], width=width, height=height, **more)
            if who:
                page.goto(self.address)
                enter(page, who)
            self._pages[known] = page
        return self._pages[known]
