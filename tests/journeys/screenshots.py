"""Pictures of every page of the console, wide and narrow, from a freshly played sample day: ``scripts/screenshots``."""

import argparse
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.whole import GATEHOUSE, PASSWORD, PROJECT, Whole, free_ports, running

CHROMIUM = "/usr/bin/chromium-headless-shell"
SIZES = {"wide": (1440, 900), "narrow": (360, 780)}
README = PROJECT / "docs" / "pictures"
IN_README = ("queue", "incident-page", "incident-chat")
COLOURS = 160
"""Enough for a console in greys, and half the bytes."""


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    path: str | None
    """Below the console's address; None for where one is."""
    then: Callable[[Page], object] = lambda page: None
    """Done there before the picture is taken."""


def _panel(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator(".bar summary", has_text=name).click()


def _press(name: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main, .bar").get_by_role("button", name=name, exact=True).click()

    return act


def _dismiss(page: Page) -> None:
    while page.get_by_role("button", name="Dismiss").count():
        with page.expect_navigation():
            page.get_by_role("button", name="Dismiss").first.click()


EVERYWHERE = (
    Shot("queue-with-a-notice", "/queue"),
    Shot("health-with-a-notice", "/health"),
    Shot("health", "/health", _dismiss),
    Shot("queue", "/queue"),
    Shot("queue-filtered", "/queue?severity=4"),
    Shot("queue-nothing-found", "/queue?person=nobody"),
    Shot("queue-none-in-review", "/queue?status=in-review"),
    Shot("people", "/people"),
    Shot("people-nobody-found", "/people?name=xyz"),
    Shot("person", "/people", lambda page: page.locator(".row-link").first.click()),
    Shot("help", "/help"),
    Shot("account", "/account"),
    Shot("account-refused", "/account", _press("Change the password")),
    Shot("not-found", "/incidents/99999"),
)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/screenshots",
        description="Play the sample day, take pictures of every page, and renew the three that the README shows.",
    )
    parser.add_argument("folder", type=Path, nargs="?", help="where to put them (default: a new temporary folder)")
    parser.add_argument("--leave-readme", action="store_true", help="do not renew those in docs/pictures")
    chosen = parser.parse_args(argv)
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="gatehouse-screenshots-"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as day:
        play(Path(day))
        with running(Path(day)) as whole, browser() as chromium:
            taken = take(whole, chromium, folder)
    print(f"{taken} pictures in {folder}")
    if not chosen.leave_readme:
        for name in IN_README:
            make_small(folder / f"{name}-wide.png", README / f"{name}.png")
        print(f"{', '.join(IN_README)}, made small, in {README}")
    return 0


def play(folder: Path) -> None:
    """A sample day, into the data folder that ``running`` uses."""
    console, proxy, appliance = map(str, free_ports(3))
    command = [str(GATEHOUSE), "run", "--no-wait", "--seconds", "5", "--data", str(folder / "data")]
    command += ["--console-port", console, "--proxy-port", proxy, "--appliance-port", appliance]
    subprocess.run(command, check=True, stdout=sys.stderr)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        yield launched
        launched.close()


def take(whole: Whole, chromium: Browser, folder: Path) -> int:
    """Every page in every size; how many pictures that made."""
    pages = {
        size: chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        for size, (width, height) in SIZES.items()
    }
    album = Album(whole.console, pages, folder)
    album.take((Shot("sign-in", "/"), Shot("sign-in-refused", None, lambda page: enter(page, "wrong"))))
    album.take([Shot("password-of-ones-own", None, lambda page: enter(page, whole.first_password))])
    choose_password(pages["wide"], whole)
    pages["narrow"].goto(whole.console)
    enter(pages["narrow"], PASSWORD)
    album.take(EVERYWHERE)
    pages["wide"].goto(f"{whole.console}/queue")
    chat = incident(pages["wide"], "Message")
    album.take(incidents(pages["wide"], chat))
    close(pages["wide"], whole.console + chat)
    album.take((Shot("queue-closed", "/queue?status=closed"), Shot("incident-closed", chat)))
    return album.taken


class Album:
    """Takes each picture in every size: what the screen shows and, where that is not all, the whole page."""

    def __init__(self, console: str, pages: Mapping[str, Page], folder: Path) -> None:
        self._console, self._pages, self._folder = console, pages, folder
        self.taken = 0

    def take(self, shots: Iterable[Shot]) -> None:
        for shot in shots:
            for size, page in self._pages.items():
                if shot.path is not None:
                    page.goto(self._console + shot.path)
                shot.then(page)
                page.wait_for_load_state()
                self._save(page, f"{shot.name}-{size}")

    def _save(self, page: Page, name: str) -> None:
        page.screenshot(path=self._folder / f"{name}.png")
        self.taken += 1
        if page.evaluate("document.documentElement.scrollHeight > innerHeight"):
            page.screenshot(path=self._folder / f"{name}-whole.png", full_page=True)
            self.taken += 1


def enter(page: Page, password: str) -> None:
    page.get_by_label("Login").fill("dsl")
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def choose_password(page: Page, whole: Whole) -> None:
    page.get_by_label("Password now").fill(whole.first_password)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    page.get_by_role("heading", name="Queue").wait_for()


def incident(queue: Page, where: str) -> str:
    """The address of the first one in the queue that was seen in a ``where``."""
    found = queue.locator(".row-item").filter(has=queue.locator(".row-where", has_text=where))
    path = found.first.locator("a").get_attribute("href")
    assert path, f"the day raised no incident in a {where}"
    return path


def incidents(queue: Page, chat: str) -> tuple[Shot, ...]:
    return (
        Shot("incident-chat", chat),
        Shot("incident-page", incident(queue, "Web page")),
        Shot("incident-search", incident(queue, "Search")),
        Shot("incident-essay", incident(queue, "Post")),
        Shot("incident-severity", chat, _panel("Severity")),
        Shot("incident-note", chat, _panel("Note")),
        Shot("incident-note-refused", None, _press("Add the note")),
        Shot("incident-close", f"{chat}/close"),
        Shot("incident-close-refused", None, _press("Close the incident")),
    )


def close(page: Page, address: str) -> None:
    page.goto(f"{address}/close")
    page.get_by_label("Spoken to").check()
    page.get_by_label("What was done").fill("Spoke with both and with the head of year; parents were told.")
    page.get_by_label("I have looked").check()
    page.get_by_role("button", name="Close the incident").click()
    page.get_by_text("The incident is closed.").wait_for()


def make_small(picture: Path, target: Path) -> None:
    with Image.open(picture) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
