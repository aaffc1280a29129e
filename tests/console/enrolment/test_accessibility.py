"""WCAG 2.2 AA on every page of enrolment, wide and narrow, with scripts and without, as axe sees it in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from console.enrolment.application import create_app
from console.enrolment.systems import SYSTEMS
from tests.console.enrolment.schools import settings
from tests.console.test_accessibility import violations
from tests.console.visiting import CHROMIUM, opened, served

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium's headless shell")

PAGES = ("", "set-up", "notice", "sheet", "nowhere", *(f"set-up/{system.key}" for system in SYSTEMS))


@pytest.fixture
def page_address(tmp_path: Path) -> Iterator[str]:
    with served(create_app(settings(tmp_path))) as at:
        yield at


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing(chromium: Browser, page_address: str, width: int) -> None:
    page = opened(chromium, [], width=width)
    for path in PAGES:
        page.goto(f"{page_address}/{path}")
        page.wait_for_load_state("networkidle")
        assert violations(page) == {}, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_page_can_be_used_by_keyboard_alone(chromium: Browser, page_address: str) -> None:
    page = opened(chromium, [])
    page.goto(page_address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
