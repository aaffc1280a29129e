"""One running Gatehouse and two browsers for all journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.whole import Whole, enrol_pupil, pupils_browser, running


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    folder = tmp_path_factory.mktemp("whole")
    with running(folder) as started:
        enrol_pupil(started, folder)
        yield started


@pytest.fixture(scope="session")
def browsers() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def pupil(browsers: Playwright, whole: Whole) -> Iterator[Browser]:
    browser = pupils_browser(browsers, whole)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def dsl(browsers: Playwright) -> Iterator[Browser]:
    browser = browsers.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
    yield browser
    browser.close()
