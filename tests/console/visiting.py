"""A reviewer's browser in front of a console that runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.console.factories import PASSWORD

CHROMIUM = Path("/usr/bin/chromium-headless-shell")


@contextmanager
def chromium_running(*more: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), chromium_sandbox=False, args=list(more))
        yield browser
        browser.close()


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address of ``app``, until the end of the block."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(
    chromium: Browser,
    complaints: list[str],
    *,
    width: int = 1280,
    height: int = 800,
    scripts: bool = True,
    **more: Any,
) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, reduced_motion="reduce", **more
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.extend(_fault(message.text)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def arrived(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.wait_for_load_state()


def told(page: Page, said: str) -> None:
    expect(page.get_by_text(said)).to_be_visible()
    page.wait_for_load_state()


def enter(page: Page, login: str, password: str = PASSWORD) -> None:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def _fault(said: str) -> list[str]:
    """Bootstrap's sheet draws small arrows into itself, which our policy refuses where it is read before ours."""
    return [] if "data:image/svg+xml" in said and "Content Security Policy" in said else [said]
