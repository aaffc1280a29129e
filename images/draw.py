"""From a capture to its picture: the page as it was, else the words as what they are. There is always a picture."""

import io
import logging
from types import TracebackType

from PIL import Image

from detection.evidence import read
from images import templates, windows
from images.annotate import annotated, outlined, seen
from images.bundle import Bundle, NotDrawable, bundle
from images.cage import Cage, CageError, CageTimeout
from images.drawing import Drawing, Kind, Line, Picture
from images.orders import Order, Resource, Shot
from images.settings import RendererSettings

__all__ = ["Drawing", "Kind", "Line", "Picture", "Renderer", "RendererError", "RendererSettings"]

logger = logging.getLogger(__name__)

TEXT_WIDTH = 760
"""Pixels, of what is drawn as text: narrow enough to be read where it is shown, beside the facts or on a telephone."""
_OWN_PAGE = "https://drawing.invalid/"
_EMPTY = "Without its scripts, which are not run here, this page is empty."
_SHOWN_INSTEAD = "Its text is shown instead."


class RendererError(Exception):
    """There is no browser to draw with; the message says what is missing."""


class Renderer:
    """Keeps one caged browser and draws with it. For one thread, which must outlast it."""

    def __init__(self, settings: RendererSettings) -> None:
        self._settings = settings
        self._cage = Cage(settings)
        self._drawn = 0

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the browser. Drawing again starts another."""
        self._cage.kill()

    @property
    def pid(self) -> int | None:
        """The cage's process, while there is one."""
        return self._cage.pid

    def draw(self, drawing: Drawing) -> Picture:
        """Always a picture; RendererError only where no browser can be started at all."""
        self._recycle()
        if shown := windows.pictures(drawing.evidence):
            return self._window(drawing, shown)
        if drawing.kind != "page":
            return self._text(drawing, "")
        try:
            return self._page(drawing)
        except NotDrawable as e:
            return self._text(drawing, f"{e} {_SHOWN_INSTEAD}")

    def _window(self, drawing: Drawing, shown: tuple[bytes, ...]) -> Picture:
        """What a device sent is decoded in the cage, as pages are."""
        try:
            shot = self._shot(windows.order(drawing, shown, TEXT_WIDTH, self._settings.width))
            return Picture(png=annotated([from_browser(shot)], drawing, ""))
        except NotDrawable as e:
            return self._text(drawing, f"{e} {_SHOWN_INSTEAD}")

    def _recycle(self) -> None:
        self._drawn += 1
        if self._drawn > self._settings.recycle_after:
            self._cage.kill()
            self._drawn = 1

    def _page(self, drawing: Drawing) -> Picture:
        recorded = self._recorded(drawing)
        shot = self._shot(Order(url=recorded.url, resources=recorded.resources, needles=drawing.needles))
        page = from_browser(shot)
        if _is_empty(page):
            raise NotDrawable(self._late() if shot.unfinished else _EMPTY)
        boxes = seen(page, shot.boxes)
        if boxes or not drawing.needles:
            return Picture(png=annotated([outlined(page, boxes)], drawing, ""))
        note = _absent(shot)
        words = self._own(templates.words(drawing), self._settings.width)
        return Picture(png=annotated([words, page], drawing, note), note=note)

    def _recorded(self, drawing: Drawing) -> Bundle:
        if drawing.evidence is None:
            raise NotDrawable(drawing.note or "The page's bytes were not recorded.")
        try:
            return bundle(read(drawing.evidence), drawing.url)
        except NotDrawable:
            raise
        except ValueError as e:
            raise NotDrawable("The page's record cannot be read.") from e

    def _shot(self, order: Order) -> Shot:
        try:
            return self._cage.ask(order)
        except CageTimeout as e:
            raise NotDrawable(self._late()) from e
        except CageError as e:
            logger.warning("a page was not drawn: the browser %s", e)
            raise NotDrawable("The browser stopped while drawing this page.") from e

    def _late(self) -> str:
        return f"The page could not be drawn within {self._settings.seconds:g} seconds."

    def _text(self, drawing: Drawing, note: str) -> Picture:
        text = self._own(templates.html(drawing), min(TEXT_WIDTH, self._settings.width))
        return Picture(png=annotated([text], drawing, note), note=note)

    def _own(self, html: str, width: int) -> Image.Image:
        """One of our own pages. A browser that has died since the last drawing is given a second chance."""
        body = html.encode("utf-8", "replace")
        headers = (("content-type", "text/html; charset=utf-8"),)
        order = Order(url=_OWN_PAGE, resources=(Resource(url=_OWN_PAGE, headers=headers, body=body),), fit=width)
        try:
            return from_browser(self._cage.ask(order))
        except (CageError, NotDrawable) as first:
            logger.info("the browser is started again: it %s", first)
        try:
            return from_browser(self._cage.ask(order))
        except (CageError, NotDrawable) as e:
            raise RendererError(f"no picture can be drawn: the browser {e}") from e


def from_browser(shot: Shot) -> Image.Image:
    """The picture a process sent that has read a hostile page: a PNG of a sane size, or NotDrawable."""
    try:
        with Image.open(io.BytesIO(shot.png), formats=("PNG",)) as picture:
            if picture.width > 8192 or picture.height > 8192:
                raise NotDrawable("The browser sent a picture of no sane size.")
            return picture.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as e:
        raise NotDrawable("The browser sent no picture.") from e


def _is_empty(page: Image.Image) -> bool:
    """One colour from edge to edge."""
    return all(low == high for low, high in page.getextrema())  # type: ignore[misc]


def _absent(shot: Shot) -> str:
    if shot.found:
        return "The words are in this page but not visible in it; they are shown above it."
    return "The words are not in the visible page; they are shown above it."
