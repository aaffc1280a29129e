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
from agent.session.private_windows import is_on_its_way, is_private
from agent.session.said import Said
from agent.session.screen_texts import ScreenTexts
from agent.session.waiting import Waiting
from detection.observation import Channel, Direction

logger = logging.getLogger("agent")

AGAIN = 5.0
"""Seconds until a desktop that was not there is looked for again."""
NO_DESKTOP = "Nothing of the screen is seen: the desktop of somebody who is signed in is not found."


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
        self._orders = Orders(paused="there are no orders yet")
        self._desktop: Desktop | None = None
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
        desktop, orders = self._desktop, self._orders
        now = desktop.active() if desktop and not orders.paused else None
        if desktop is None or now is None or is_private(now, orders):
            return None
        return now, desktop.picture(now)

    def unseen(self) -> Iterable[str]:
        """What cannot be seen here though it should be, in sentences; from any thread."""
        desktop = self._desktop
        if self._orders.paused:
            return ()
        return desktop.unseen() if desktop else (NO_DESKTOP,)

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
        times = [self._fields.due(), self._screen.due if self._orders.screen else None]
        if not self._orders.paused and self._desktop is None:
            times.append(self._looks_again_at)
        return min((at for at in times if at is not None), default=None)

    def _take(self, item: Event | Orders, at: float) -> None:
        if isinstance(item, Orders):
            self._change(item)
        elif not self._orders.paused:
            self._see(item, at)

    def _change(self, orders: Orders) -> None:
        self._orders = orders
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
            case _ if is_private(event.field.window, self._orders):
                said = []
            case _:
                said = self._fields.take(event, now)
        self._say_all(said)

    def _do_what_is_due(self) -> None:
        now = self._clock()
        if self._orders.paused:
            return
        if self._desktop is None:
            self._enter(now)
            return
        self._say_all(self._fields.pause(now))
        if self._orders.screen and self._screen.due is not None and now >= self._screen.due:
            self._look()
        if self._earlier.wants(now):
            self._earlier.add(self._picture(self._window), now)

    def _enter(self, now: float) -> None:
        if now < self._looks_again_at:
            return
        self._looks_again_at = now + AGAIN
        try:
            desktop = self._find()
            desktop.begin(self._waiting.put)
            self._desktop = desktop
            self._screen.changed(now)
            logger.info("looking at the desktop")
        except OSError as e:
            logger.info("no desktop yet: %s", e)

    def _leave(self) -> None:
        """Nothing of what was on the screen is kept, and nothing listens any more."""
        if self._desktop:
            self._desktop.end()
        self._desktop, self._window, self._looks_again_at = None, None, float("-inf")
        self._fields, self._screen = Fields(), ScreenTexts()
        self._earlier.forget()

    def _look(self) -> None:
        """At what is active and as it is called now, for a page may have become a private one."""
        began, desktop = self._clock(), self._desktop
        window = desktop.active() if desktop else None
        is_open = window is not None and not is_private(window, self._orders)
        texts = desktop.texts(window) if desktop and window and is_open else ()
        if is_on_its_way(texts):
            texts = ()
        is_same = desktop is not None and desktop.active() == window
        now = self._clock()
        text = self._screen.looked(texts if is_same else (), now, now - began)
        if not is_same:  # another page came meanwhile, and it is not known which of them was read
            self._screen.changed(now, is_other=True)
        if text and window:
            self._say(
                Seen(
                    channel=Channel.SCREEN,
                    direction=Direction.SHOWN,
                    app=window.app,
                    title=window.title,
                    location=window.location,
                    text=text,
                    picture=self._picture(window),
                    earlier_pictures=self._earlier.all(),
                )
            )

    def _say_all(self, sentences: Iterable[Said]) -> None:
        for said in sentences:
            window = said.field.window
            if is_private(window, self._orders):
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
                    picture=self._picture(window),
                    earlier_pictures=self._earlier.all(),
                )
            )

    def _picture(self, window: Window | None) -> bytes:
        """Of that window, if it is still the active one, and if it may be seen as it is just now."""
        if not self._orders.pictures or self._desktop is None or window is None:
            return b""
        now = self._desktop.active()
        if now is None or now.key != window.key or is_private(now, self._orders):
            return b""
        return self._desktop.picture(now)
