"""The child process in the cage: one Chromium, a fresh context for each drawing, answers from the bundle alone.

Runs as ``python -m images.browser CHROMIUM WIDTH HEIGHT SECONDS MEMORY_MIB`` with orders on its standard input and
answers on its standard output. Neither it nor the page has a network: what the bundle does not hold is refused. Scripts
are off. Whoever asks keeps the time and kills the cage when a page does not finish.
"""

import os
import resource
import sys
from importlib.resources import files
from urllib.parse import urldefrag

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Route, sync_playwright

from images.orders import Box, Order, Resource, Shot, read_order, write_shot

FIT_LEAST, FIT_MOST = 160, 2400
MOST_FRAMES = 20
_FLAGS = (
    "--js-flags=--max-old-space-size=512",
    "--renderer-process-limit=2",
    # A page's frames share its one process: it holds nothing but this page, and every further one is further memory.
    "--disable-site-isolation-trials",
    "--disable-gpu",
)
_CENTRE_FRAME = """(frame, [x, y, width, height]) => {
  frame.scrollIntoView({block: "center", behavior: "instant"});
  const outer = frame.getBoundingClientRect();
  window.scrollBy({top: outer.top + frame.clientTop + y + height / 2 - innerHeight / 2, behavior: "instant"});
}"""
_FRAME_CORNER = """(frame) => {
  const outer = frame.getBoundingClientRect();
  return [outer.left + frame.clientLeft, outer.top + frame.clientTop];
}"""


def main(argv: list[str]) -> int:
    chromium, (width, height, seconds, memory_mib) = argv[0], map(float, argv[1:])
    _limit(int(memory_mib))
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers may reach whoever asks
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=True, args=list(_FLAGS))
        write_shot(answers, Shot(png=b""))
        _silence()
        artist = Artist(browser, int(width), int(height), seconds)
        while order := read_order(orders):
            write_shot(answers, artist.draw(order))
            artist.clear()
        browser.close()
    return 0


def _limit(memory_mib: int) -> None:
    """Inherited by everything started from here. RLIMIT_AS is no use: V8 reserves terabytes."""
    data = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    """Past the start, what libraries print could carry a page's words."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


class Bundle:
    """Gives a page its recorded answers and refuses all else."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self._resources = {r.url: r for r in reversed(resources)}
        self._opened = False

    def answer(self, route: Route) -> None:
        held = self._resources.get(urldefrag(route.request.url).url)
        if held is None or self._leads_away(route):
            # "aborted" leaves the page standing; any other refusal would put an error page in its place.
            route.abort("aborted")
            return
        route.fulfill(status=held.status, headers=dict(held.headers), body=held.body)

    def _leads_away(self, route: Route) -> bool:
        """The page is opened once: a second time is a refresh that would never end."""
        if not route.request.is_navigation_request() or route.request.frame.parent_frame is not None:
            return False
        again, self._opened = self._opened, True
        return again


class Artist:
    """Draws one order after another with the same browser."""

    def __init__(self, browser: Browser, width: int, height: int, seconds: float) -> None:
        self._browser, self._width, self._height = browser, width, height
        self._milliseconds = seconds * 1000
        self._mark_words = (files("images") / "mark_words.js").read_text("utf-8")
        self._context: BrowserContext | None = None

    def draw(self, order: Order) -> Shot:
        try:
            self._context = self._new_context()
            self._context.route("**/*", Bundle(order.resources).answer)
            return self._draw(self._context.new_page(), order)
        except Error as e:
            # The class and no more: the message holds the page's address.
            return Shot(png=b"", error=type(e).__name__)

    def clear(self) -> None:
        """Nothing of the page stays for the next one."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def _new_context(self) -> BrowserContext:
        return self._browser.new_context(
            viewport={"width": self._width, "height": self._height},
            device_scale_factor=1,
            java_script_enabled=False,
            service_workers="block",
            accept_downloads=False,
            locale="en-GB",
        )

    def _draw(self, page: Page, order: Order) -> Shot:
        finished = self._open(page, order.url)
        found, boxes = self._mark(page, order.needles) if order.needles else (0, ())
        if order.fit:
            self._fit(page, order.fit)
        png = page.screenshot(type="png", animations="disabled", timeout=self._milliseconds * 0.5)
        return Shot(png=png, found=found, boxes=boxes, unfinished=not finished)

    def _open(self, page: Page, url: str) -> bool:
        """Whether it finished loading. A page that never does is drawn as far as it got."""
        try:
            page.goto(url, wait_until="load", timeout=self._milliseconds * 0.3)
        except Error:
            if page.url == "about:blank":
                raise
            return False
        return True

    def _fit(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": self._height})
        height = int(page.evaluate("() => Math.ceil(document.documentElement.getBoundingClientRect().height)"))
        page.set_viewport_size({"width": width, "height": min(max(height, FIT_LEAST), FIT_MOST)})

    def _mark(self, page: Page, needles: tuple[str, ...]) -> tuple[int, tuple[Box, ...]]:
        """Mark the words in every frame; the first frame that shows them is brought into view."""
        found, marked = 0, list[tuple[Frame, list[Box]]]()
        for frame in page.frames[:MOST_FRAMES]:
            answer = frame.evaluate(self._mark_words, list(needles))
            found += int(answer["found"])
            if answer["boxes"]:
                marked.append((frame, answer["boxes"]))
        if marked:
            _centre(*marked[0])
        return found, tuple(box for frame, boxes in marked for box in _in_picture(frame, boxes))


def _centre(frame: Frame, boxes: list[Box]) -> None:
    """A frame has centred its words for itself; now the frames around it follow, from the inside out."""
    box = boxes[0]
    while frame.parent_frame is not None:
        element = frame.frame_element()
        element.evaluate(_CENTRE_FRAME, list(box))
        left, top = element.evaluate(_FRAME_CORNER)
        box = (left + box[0], top + box[1], box[2], box[3])
        frame = frame.parent_frame


def _in_picture(frame: Frame, boxes: list[Box]) -> list[Box]:
    """From a frame's own pixels to the picture's."""
    left = top = 0.0
    while frame.parent_frame is not None:
        dx, dy = frame.frame_element().evaluate(_FRAME_CORNER)
        left, top, frame = left + dx, top + dy, frame.parent_frame
    return [(left + x, top + y, width, height) for x, y, width, height in boxes]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
