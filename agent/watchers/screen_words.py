"""The words in the picture of the active window: what stands there as an image, which no program tells as text."""

from collections.abc import Callable

from agent.orders import Orders
from agent.seen import Seen
from agent.session.desktop import Window
from agent.watchers.looking import Looking
from agent.watchers.pictures import Pictures, ReadsPictures
from agent.watchers.saved_document import REASONS
from agent.watchers.unread import Tally
from agent.watchers.what_is_new import WhatIsNew
from detection.observation import Channel, Direction, Mark
from detection.storable import storable

EVERY = 15.0
"""Seconds; reading one picture takes up to one of a processor."""
Shown = Callable[[], tuple[Window, bytes] | None]
"""The active window and its picture as a JPEG; None where there is none or it may not be seen."""


class ScreenWords:
    """Only where the orders want both what the screen shows and words in pictures."""

    def __init__(
        self,
        tell: Callable[[Seen], None],
        shown: Shown,
        tally: Tally,
        *,
        pictures: ReadsPictures | None = None,
        every: float = EVERY,
    ) -> None:
        self._tell, self._shown, self._tally = tell, shown, tally
        self._pictures = pictures or Pictures()
        self._new = WhatIsNew(fold=letters)
        self._looking = Looking("screen-words", self._look, lambda orders: orders.screen and orders.ocr, every)
        self._keeps_pictures = False

    def obey(self, orders: Orders) -> None:
        self._keeps_pictures = orders.pictures
        self._looking.obey(orders)

    def close(self) -> None:
        self._looking.close()
        self._pictures.close()

    def _look(self, since: float) -> None:
        found = None if self._pictures.missing() else self._shown()
        if found is None or not found[1] or self._new.is_known(found[1]):
            return
        window, picture = found
        contents = self._pictures.read(picture)
        if contents.shortfall:
            self._tally.unread(REASONS[contents.shortfall])
        text = storable(self._new.lines(window.key, contents.text)).strip()
        if text and self._looking.goes_on:
            self._tell(
                Seen(
                    channel=Channel.SCREEN,
                    direction=Direction.SHOWN,
                    app=window.app,
                    title=window.title,
                    location=window.location,
                    text=text,
                    marks=frozenset({Mark.OCR}),
                    picture=picture if self._keeps_pictures else b"",
                )
            )


def letters(line: str) -> str:
    """What stays the same where the reader takes a full stop for a comma."""
    return "".join(filter(str.isalnum, line.casefold()))
