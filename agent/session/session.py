"""The loop of a session: takes what the desktop tells, and says sentences and screens as the orders allow."""

import logging
import time
from collections.abc import Callable, Iterable

from agent.orders import Orders
from agent.seen import Seen
from agent.session.channels import channel_of
from agent.session.desktop import Activated, Desktop, Event, Focused, Redrawn, Window
from agent.session.earlier_pictures import EarlierPictures
from agent.session.fields import Fields
from agent.session.private_windows import is_private
from agent.session.said import Said
from agent.session.screen_texts import ScreenTexts
from agent.session.view import View
from agent.session.waiting import Waiting
from detection.observation import Channel, Direction

logger = logging.getLogger("agent")

AGAIN = 5.0
"""Seconds until a desktop that was not there is looked for again."""


class Session:
    def __init__(
        self,
        find_desktop: Callable[[], Desktop],
        say: Callable[[Seen], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``find_desktop`` raises OSError while there is none. ``say`` must not wait."""
        self._find, self._say, self._clock = find_desktop, say, clock
        self._waiting = Waiting(clock)
        self._view = View()
        self._looks_again_at = float("-inf")
        self._window: Window | None = None
        self._fields, self._screen, self._earlier = Fields(), ScreenTexts(), EarlierPictures()

    def obey(self, orders: Orders) -> None:
        """From any thread. What is told afterwards is seen under these."""
        self._waiting.put(orders)

    def stop(self) -> None:
        self._waiting.put(None)

    def run(self) -> None:
        """Until it is stopped. What a desktop does wrong is logged and survived."""
        try:
            while self._turn():
                pass
        finally:
            self._leave()

    def shown(self) -> tuple[Window, bytes] | None:
        """The active window as it looks just now, if it may be seen; from any thread."""
        return self._view.shown()

    def unseen(self) -> Iterable[str]:
        """What cannot be seen here though it should be, in sentences; from any thread."""
        return self._view.unseen()

    def _turn(self) -> bool:
        """Takes what there is; False when the last of it is."""
        for at, item in self._waiting.take(self._next()):
            if item is None:
                return False
            try:
                self._take(item, at)
            except Exception as e:  # noqa: BLE001  the next event may go well
                logger.error("an event of the desktop failed: %s", type(e).__name__)
        try:
            self._do_what_is_due()
        except Exception as e:  # noqa: BLE001  the next look may go well
            logger.error("a look at the desktop failed: %s", type(e).__name__)
        return True

    def _next(self) -> float | None:
        """When something is to be done though nothing happens."""
        times = [self._fields.due(), self._screen.due if self._view.orders.screen else None]
        if not self._view.orders.paused and self._view.desktop is None:
            times.append(self._looks_again_at)
        return min((at for at in times if at is not None), default=None)

    def _take(self, item: Event | Orders, at: float) -> None:
        if isinstance(item, Orders):
            self._change(item)
        elif not self._view.orders.paused:
            self._see(item, at)

    def _change(self, orders: Orders) -> None:
        self._view.orders = orders
        self._earlier.keep(orders.earlier_pictures if orders.pictures else 0)
        if not orders.screen:
            self._screen.forget()
        if orders.paused:
            self._leave()

    def _see(self, event: Event, now: float) -> None:
        match event:
            case Activated(window=window):
                self._window = window
                self._screen.changed(now, is_other=True)
                said = self._fields.take(event, now)
            case Redrawn():
                self._screen.changed(now)
                said = []
            case Focused():
                said = self._fields.take(event, now)
            case _ if is_private(event.field.window, self._view.orders):
                said = []
            case _:
                said = self._fields.take(event, now)
        self._say_all(said)

    def _do_what_is_due(self) -> None:
        now = self._clock()
        if self._view.orders.paused:
            return
        if self._view.desktop is None:
            self._enter(now)
            return
        self._say_all(self._fields.pause(now))
        if self._view.orders.screen and self._screen.due is not None and now >= self._screen.due:
            self._look()
        if self._earlier.wants(now):
            self._earlier.add(self._view.picture(self._window), now)

    def _enter(self, now: float) -> None:
        if now < self._looks_again_at:
            return
        self._looks_again_at = now + AGAIN
        try:
            desktop = self._find()
            desktop.begin(self._waiting.put)
            self._view.desktop = desktop
            self._screen.changed(now)
            logger.info("looking at the desktop")
        except OSError as e:
            logger.info("no desktop yet: %s", e)

    def _leave(self) -> None:
        """Nothing of what was on the screen is kept, and nothing listens any more."""
        if self._view.desktop:
            self._view.desktop.end()
        self._view.desktop, self._window, self._looks_again_at = None, None, float("-inf")
        self._fields, self._screen = Fields(), ScreenTexts()
        self._earlier.forget()

    def _look(self) -> None:
        began, found = self._clock(), self._view.look()
        now = self._clock()
        text = self._screen.looked(found.texts, now, now - began)
        if not found.is_same:
            self._screen.changed(now, is_other=True)
        if text and (window := found.window):
            self._say(
                Seen(
                    channel=Channel.SCREEN,
                    direction=Direction.SHOWN,
                    app=window.app,
                    title=window.title,
                    location=window.location,
                    text=text,
                    picture=self._view.picture(window),
                    earlier_pictures=self._earlier.all(),
                )
            )

    def _say_all(self, sentences: Iterable[Said]) -> None:
        for said in sentences:
            window = said.field.window
            if is_private(window, self._view.orders):
                continue
            self._screen.known(said.text)
            self._say(
                Seen(
                    channel=Channel.SCREEN if said.is_shown else channel_of(window),
                    direction=Direction.SHOWN if said.is_shown else Direction.WRITTEN,
                    app=window.app,
                    title=window.title,
                    location=window.location,
                    place=said.place,
                    text=said.text,
                    marks=said.marks,
                    picture=self._view.picture(window),
                    earlier_pictures=self._earlier.all(),
                )
            )
