"""The active window as far as it may be seen just now: nothing while orders pause, and never a private one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.orders import Orders
from agent.session.desktop import Desktop, Window
from agent.session.private_windows import is_on_its_way, is_private

NO_DESKTOP = "Nothing of the screen is seen: the desktop of somebody who is signed in is not found."


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What could be read of a window, all of it under the same page."""

    window: Window | None
    texts: Sequence[str]
    is_same: bool
    """False where another page came meanwhile, and it is not known which of them was read."""


class View:
    """The session changes ``desktop`` and ``orders``; whatever is asked may be asked from any thread."""

    def __init__(self) -> None:
        self.desktop: Desktop | None = None
        self.orders = Orders(paused="there are no orders yet")

    def shown(self) -> tuple[Window, bytes] | None:
        """The active window as it looks just now, if it may be seen."""
        desktop, orders = self.desktop, self.orders
        now = desktop.active() if desktop and not orders.paused else None
        if desktop is None or now is None or is_private(now, orders):
            return None
        return now, desktop.picture(now)

    def unseen(self) -> Iterable[str]:
        """What cannot be seen here though it should be, in sentences."""
        desktop = self.desktop
        if self.orders.paused:
            return ()
        return desktop.unseen() if desktop else (NO_DESKTOP,)

    def look(self) -> Look:
        """At what is active and as it is called now, for a page may have become a private one."""
        desktop, orders = self.desktop, self.orders
        window = desktop.active() if desktop else None
        is_open = window is not None and not is_private(window, orders)
        texts = desktop.texts(window) if desktop and window and is_open else ()
        if is_on_its_way(texts):
            texts = ()
        is_same = desktop is not None and desktop.active() == window
        return Look(window=window, texts=texts if is_same else (), is_same=is_same)

    def picture(self, window: Window | None) -> bytes:
        """Of that window, if pictures are wanted, if it is still the active one, and if it may be seen as it is now."""
        desktop, orders = self.desktop, self.orders
        if not orders.pictures or desktop is None or window is None:
            return b""
        now = desktop.active()
        if now is None or now.key != window.key or is_private(now, orders):
            return b""
        return desktop.picture(now)
