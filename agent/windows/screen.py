"""Windows' screen, as a session asks for it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.polling.desktop import PolledDesktop
from agent.polling.screen import Focus
from agent.session.desktop import Desktop, Window
from agent.session.picture import jpeg
from agent.windows.automation import Automation, automation
from agent.windows.elements import address_around, focus_on, texts_below
from agent.windows.foreground import Foreground, handle_of
from agent.windows.user32 import window_calls
from agent.windows.window_calls import WindowCalls

ADDRESS_HOLDS = 1.0
"""Seconds for which a page's address counts as known while title and window stay."""
_ELEVATED = "Windows that run as administrator are not seen: Windows keeps them from programs that do not."


class WindowsScreen:
    def __init__(
        self,
        calls: Callable[[], WindowCalls] = window_calls,
        automation: Callable[[], Automation] = automation,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_calls, self._make_automation, self._clock = calls, automation, clock
        self._calls: WindowCalls | None = None
        self._automation: Automation | None = None
        self._foreground: Foreground | None = None
        self._problem = ""
        self._known: Window | None = None
        self._known_at = -float("inf")

    def open(self) -> None:
        self._calls = self._make_calls()
        self._foreground = Foreground(self._calls)
        try:
            self._automation = self._make_automation()
        except OSError as e:
            self._problem = str(e)

    def close(self) -> None:
        self._automation = None

    def idle(self) -> float:
        return self._calls.idle() if self._calls else 0.0

    def window(self) -> Window | None:
        """The address is asked for seldom: the way up from the field to the page is long."""
        bare, known = self._foreground.window() if self._foreground else None, self._known
        if bare is None:
            return None
        is_same = known is not None and replace(known, address="") == bare
        if not is_same or self._clock() >= self._known_at + ADDRESS_HOLDS:
            focused = self._automation.focused() if self._automation else None
            self._known, self._known_at = replace(bare, address=address_around(focused)), self._clock()
        return self._known

    def focus(self, window: Window) -> Focus | None:
        focused = self._automation.focused() if self._automation else None
        return focus_on(focused, window) if focused else None

    def texts(self, window: Window) -> Sequence[str]:
        root = self._automation.of_window(handle_of(window)) if self._automation else None
        return texts_below(root) if root else ()

    def picture(self, window: Window) -> bytes:
        pixels = self._calls.pixels(handle_of(window)) if self._calls else None
        return jpeg(pixels) if pixels else b""

    def unseen(self) -> Sequence[str]:
        return [*([self._problem] if self._problem else []), _ELEVATED]


def windows_desktop() -> Desktop:
    return PolledDesktop(WindowsScreen())
