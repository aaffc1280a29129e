"""Gatehouse as a stranger starts it, for journeys from a pupil's browser to the safeguarding lead's."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from appliance.running.browsers import key_hash
from appliance.running.places import Places
from appliance.running.settings_files import SCHOOL
from tests.appliance.deadline import eventually

PROJECT = Path(__file__).parents[2]
GATEHOUSE = PROJECT / "scripts" / "gatehouse"
PUPIL = "Robin Fairweather"
ADDRESS = "127.0.0.1"
PASSWORD = "three quiet lanterns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    places: Places
    console: str
    proxy: str
    output: Path

    @property
    def first_password(self) -> str:
        return self.places.first_password.read_text().strip()

    @property
    def chosen(self) -> Path:
        """There once the lead has chosen a password of their own."""
        return self.output.with_name("password-chosen")

    def password_chosen(self) -> bool:
        return self.chosen.exists()

    def gatehouse(self, *arguments: str) -> str:
        """Run one command as an administrator would."""
        done = subprocess.run([GATEHOUSE, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def running(folder: Path) -> Iterator[Whole]:
    """``gatehouse run --empty`` on free ports, until the end of the block."""
    console, proxy, appliance = free_ports(3)
    output = folder / "output"
    command = [GATEHOUSE, "run", "--empty", "--data", folder / "data", "--console-port", console]
    command += ["--proxy-port", proxy, "--appliance-port", appliance]
    with output.open("wb") as out:
        process = subprocess.Popen([*map(str, command)], stdout=out, stderr=out, start_new_session=True)
    try:
        eventually(lambda: process.poll() is not None or b"Gatehouse is running." in output.read_bytes(), within=60)
        assert process.poll() is None, output.read_text()
        yield Whole(
            places=Places(folder / "data"),
            console=f"http://127.0.0.1:{console}",
            proxy=f"http://127.0.0.1:{proxy}",
            output=output,
        )
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(60)


def enrol_pupil(whole: Whole, folder: Path) -> None:
    """Put one pupil on this machine's address, and wait until the gateway knows."""
    people = folder / "people.csv"
    people.write_text(f"name,role,year,address,ref\n{PUPIL},pupil,9,{ADDRESS},p-robin\n")
    settings = whole.places.settings("appliance")
    whole.gatehouse("people", "import", str(people), "--school", SCHOOL, "--config", str(settings))
    cache = whole.places.gateway / "bindings.json"
    eventually(lambda: cache.exists() and "p-robin" in cache.read_text(), within=30)


def pupils_browser(playwright: Playwright, whole: Whole) -> Browser:
    """A browser on the school's network: it trusts the school's root, and nothing else of ours."""
    trusted = f"--ignore-certificate-errors-spki-list={key_hash(whole.places.root)}"
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        chromium_sandbox=os.getuid() != 0,
        proxy={"server": whole.proxy, "bypass": "<-loopback>"},
        args=[trusted, "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    )


def sign_in(browser: Browser, whole: Whole) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(whole.console)
    page.get_by_label("Login").fill("dsl")
    page.get_by_label("Password").fill(PASSWORD if whole.password_chosen() else whole.first_password)
    page.get_by_role("button", name="Sign in").click()
    if not whole.password_chosen():
        _choose_password(page, whole)
    return context, page


def _choose_password(page: Page, whole: Whole) -> None:
    """The first password opens nothing but the page that asks for another."""
    expect(page).to_have_url(re.compile("/account"))
    page.get_by_label("Password now").fill(whole.first_password)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_text(re.compile("password.*changed|new password", re.IGNORECASE)).first).to_be_visible()
    whole.chosen.touch()


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
