"""Tells when another window gets the keyboard, when its title changes, and when keys get another meaning."""

import os
import select
import threading
import time
from collections.abc import Callable

from Xlib import X
from Xlib.display import Display
from Xlib.error import XError

from agent.linux.x_server import GONE, connected, ended

_LOOKS = 2.0
"""Seconds between looks where no window manager says which window is active."""
_RESTS = 0.5
"""Seconds for which a window's own properties are left unread after one that is no news: toolkits set the time of the
last key with every key. Nothing but a new title comes later for it, and only while somebody types."""


class XWatch:
    def __init__(self, name: str, changed: Callable[[], None], remapped: Callable[[int, int], None]) -> None:
        """``changed``: look which window is active. ``remapped``: from this key on, so many mean something else."""
        self._display, self._properties = connected(name), connected(name)
        self._changed, self._remapped = changed, remapped
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._titles = {self._display.intern_atom(name) for name in ("_NET_WM_NAME", "WM_NAME")}
        self._watched = 0
        self._reader, self._writer = os.pipe()
        self._thread = threading.Thread(target=self._run, name="x-watch", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Also where the server has gone, and the thread with it."""
        os.write(self._writer, b".")
        if self._thread.ident is not None:
            self._thread.join(5)
        os.close(self._reader)
        os.close(self._writer)

    def _run(self) -> None:
        try:
            self._root.change_attributes(event_mask=X.PropertyChangeMask)
            self._watch_active()
            rests_until = 0.0
            while self._wait(rests_until):
                is_news = self._has_news(self._display)
                if time.monotonic() >= rests_until and self._properties.pending_events():
                    is_news |= self._has_news(self._properties)
                    rests_until = 0.0 if is_news else time.monotonic() + _RESTS
                if is_news:
                    self._watch_active()
                    self._changed()
        except (*GONE, ValueError):
            self._changed()  # whoever looks finds that the server has gone
        finally:
            ended(self._display)
            ended(self._properties)

    def _has_news(self, display: Display) -> bool:
        return sum(self._is_news(display, display.next_event()) for _ in range(display.pending_events())) > 0

    def _wait(self, rests_until: float) -> bool:
        rests = rests_until - time.monotonic()
        if self._display.pending_events() or (rests <= 0 and self._properties.pending_events()):
            return True
        heard = [self._display.fileno(), self._reader, *([] if rests > 0 else [self._properties.fileno()])]
        looks = None if self._watched else _LOOKS
        ready, _, _ = select.select(heard, [], [], rests if rests > 0 else looks)
        if not ready and rests <= 0:
            self._watch_active()
            self._changed()
        return self._reader not in ready

    def _is_news(self, display: Display, event: object) -> bool:
        kind = getattr(event, "type", None)
        is_first = display is self._display  # what keys mean is told on every connection
        if is_first and kind == X.MappingNotify and getattr(event, "request", None) == X.MappingKeyboard:
            self._remapped(event.first_keycode, event.count)  # type: ignore[attr-defined]
        if kind in (X.DestroyNotify, X.UnmapNotify):  # some window managers go on naming a window that has gone
            return True
        atom = getattr(event, "atom", None)
        return kind == X.PropertyNotify and (atom == self._active or atom in self._titles)

    def _watch_active(self) -> None:
        """Titles, and that it is closed, are told of the active window alone."""
        found = self._root.get_full_property(self._active, X.AnyPropertyType)
        number = found.value[0] if found and len(found.value) else 0
        if number:  # again and again: numbers are given to new windows when old ones are closed
            for display, mask in ((self._display, X.StructureNotifyMask), (self._properties, X.PropertyChangeMask)):
                window = display.create_resource_object("window", number)
                window.change_attributes(event_mask=mask, onerror=_it_has_gone)
                display.flush()
        self._watched = number


def _it_has_gone(error: XError, request: object) -> bool:
    """The window was closed before it could be watched."""
    return True
