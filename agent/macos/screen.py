"""A Mac's screen, as a session asks for it."""

import time
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

from agent.macos.accessibility import Accessibility, Front, accessibility
from agent.macos.elements import address_around, focus_on, texts_below
from agent.polling.desktop import PolledDesktop
from agent.polling.screen import Focus
from agent.session.desktop import Desktop, Window

ADDRESS_HOLDS = 1.0
"""Seconds for which a page's address counts as known while title and window stay."""
NOT_READ = (
    "Text on the screen is not seen: System Settings, Privacy & Security, Accessibility does not list this program "
    "(on managed devices a privacy preferences profile grants it)."
)
NO_PICTURES = (
    "No pictures of windows: System Settings, Privacy & Security, Screen Recording does not list this program "
    "(a profile can let people grant it, but cannot grant it)."
)


class MacScreen:
    def __init__(
        self,
        make: Callable[[], Accessibility] = accessibility,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make, self._clock = make, clock
        self._mac: Accessibility | None = None
        self._front: Front | None = None
        self._address, self._address_of, self._address_at = "", ("", ""), -float("inf")

    def open(self) -> None:
        self._mac = self._make()

    def close(self) -> None:
        self._mac = None

    def idle(self) -> float:
        return self._mac.idle() if self._mac else 0.0

    def window(self) -> Window | None:
        mac = self._mac
        self._front = front = mac.front() if mac else None
        if mac is None or front is None:
            return None
        key, title = f"m{front.number}", mac.title(front)
        return Window(
            key=key,
            app=front.app,
            title=title,
            pid=front.pid,
            address=self._address_now(mac, front, (key, title)),
            document=file_name(mac.document(front)),
        )

    def focus(self, window: Window) -> Focus | None:
        """While the system keeps keys from all programs but one, no field is looked at."""
        mac, front = self._mac, self._front
        if mac is None or front is None or mac.is_secure_input():
            return None
        focused = mac.focused(front)
        return focus_on(focused, window) if focused else None

    def texts(self, window: Window) -> Sequence[str]:
        root = self._mac.window(self._front) if self._mac and self._front else None
        return texts_below(root) if root and self._is_front(window) else ()

    def picture(self, window: Window) -> bytes:
        if self._mac is None or self._front is None or not self._is_front(window):
            return b""
        return self._mac.picture(self._front)

    def unseen(self) -> Sequence[str]:
        if self._mac is None:
            return []
        said = [(self._mac.may_read(), NOT_READ), (self._mac.may_picture(), NO_PICTURES)]
        return [sentence for granted, sentence in said if not granted]

    def _is_front(self, window: Window) -> bool:
        return self._front is not None and window.key == f"m{self._front.number}"

    def _address_now(self, mac: Accessibility, front: Front, of: tuple[str, str]) -> str:
        """It is asked for seldom: the way up from the field to the page is long."""
        if of != self._address_of or self._clock() >= self._address_at + ADDRESS_HOLDS:
            self._address, self._address_of = address_around(mac.focused(front)), of
            self._address_at = self._clock()
        return self._address


def file_name(address: str) -> str:
    """Of a document's ``file://`` address, without the folders it lies in."""
    return unquote(urlsplit(address).path).rpartition("/")[2] if address.startswith("file:") else ""


def mac_desktop() -> Desktop:
    return PolledDesktop(MacScreen())
