"""The X server: which window has the keyboard, what it is called and whose it is, and a picture of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from Xlib import X, display
from Xlib.error import ConnectionClosedError, DisplayError, XError
from Xlib.ext import res
from Xlib.xobject.drawable import Window as XlibWindow

from agent.session.picture import Pixels

_STRIP = 2**18
"""Bytes of pixels asked for at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XWindow:
    number: int
    title: str
    kind: str
    """The class that the program gave it, such as ``mousepad``."""
    pid: int | None


class XServer:
    """One connection, for several threads. Of a window just closed it says less; OSError: the server has gone."""

    def __init__(self, name: str) -> None:
        self._display = connected(name)
        self._lock = threading.Lock()
        self._root = self._display.screen().root
        self._names = {name: self._display.intern_atom(name) for name in _PROPERTIES}
        self._has_resources = self._display.has_extension("X-Resource")

    def close(self) -> None:
        with self._lock:
            ended(self._display)

    def active(self) -> XWindow | None:
        """By the window manager's word; where there is none, what has the keyboard."""
        with self._lock:
            try:
                window = self._named_active() or self._focused()
                return self._described(window) if window else None
            except XError:
                return None
            except GONE as e:
                raise OSError(f"the X server has gone: {e}") from e

    def is_covered(self) -> bool:
        """Whether what lies on top is under no window manager and as large as the screen: a lock, or the like."""
        with self._lock:
            try:
                top = next((w for w in reversed(self._root.query_tree().children) if self._is_seen(w)), None)
                shape = top.get_geometry() if top else None
                screen = self._display.screen()
                return (
                    top is not None
                    and shape is not None
                    and bool(top.get_attributes().override_redirect)
                    and shape.width >= screen.width_in_pixels
                    and shape.height >= screen.height_in_pixels
                )
            except XError:
                return False
            except GONE as e:
                raise OSError(f"the X server has gone: {e}") from e

    def _is_seen(self, window: XlibWindow) -> bool:
        attributes = window.get_attributes()
        return bool(attributes.map_state == X.IsViewable and attributes.win_class == X.InputOutput)

    def pixels(self, number: int) -> Pixels | None:
        """Of one window, as far as it lies on the screen: what lies outside has no pixels."""
        with self._lock:
            try:
                return self._pixels(self._display.create_resource_object("window", number))
            except XError:
                return None
            except GONE as e:
                raise OSError(f"the X server has gone: {e}") from e

    def _named_active(self) -> XlibWindow | None:
        found = self._property(self._root, "_NET_ACTIVE_WINDOW")
        return self._display.create_resource_object("window", found[0]) if found and found[0] else None

    def _focused(self) -> XlibWindow | None:
        focus = self._display.get_input_focus().focus
        if isinstance(focus, int) or focus.id == self._root.id:
            return None
        while focus and not self._text(focus, "WM_NAME"):  # toolkits give the keyboard to a window within their own
            above = focus.query_tree().parent
            focus = None if isinstance(above, int) or above is None or above.id == self._root.id else above
        return focus

    def _described(self, window: XlibWindow) -> XWindow:
        kinds = window.get_wm_class() or ("", "")
        title = self._text(window, "_NET_WM_NAME") or self._text(window, "WM_NAME")
        return XWindow(number=window.id, title=title, kind=kinds[1], pid=self._pid(window))

    def _pid(self, window: XlibWindow) -> int | None:
        """As the X server knows it from the connection; else as the program says."""
        if self._has_resources:
            asked = [{"client": window.id, "mask": res.LocalClientPIDMask}]
            for found in self._display.res_query_client_ids(asked).ids:
                if found.value and found.value[0] > 0:
                    return int(found.value[0])
        said = self._property(window, "_NET_WM_PID")
        return int(said[0]) if said else None

    def _text(self, window: XlibWindow, name: str) -> str:
        value = self._property(window, name)
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace") if name == "_NET_WM_NAME" else _decoded(value)
        return value if isinstance(value, str) else ""

    def _property(self, window: XlibWindow, name: str) -> Any:
        found = window.get_full_property(self._names[name], X.AnyPropertyType)
        return found.value if found else None

    def _pixels(self, window: XlibWindow) -> Pixels | None:
        shape, screen = window.get_geometry(), self._display.screen()
        corner = window.translate_coords(self._root, 0, 0)
        left, top = -corner.x, -corner.y  # python-xlib answers where the root's corner lies in the window
        low_x, low_y = max(0, -left), max(0, -top)
        high_x = min(shape.width, screen.width_in_pixels - left)
        high_y = min(shape.height, screen.height_in_pixels - top)
        if high_x <= low_x or high_y <= low_y:
            return None
        width, height = high_x - low_x, high_y - low_y
        data = b"".join(self._strips(window, low_x, low_y, width, height))
        return Pixels(width=width, height=height, data=data) if len(data) == 4 * width * height else None

    def _strips(self, window: XlibWindow, x: int, y: int, width: int, height: int) -> Iterator[bytes]:
        """The library copies all it has of an answer with each part that comes: four times the work for a window."""
        rows = max(1, _STRIP // (4 * width))
        for top in range(0, height, rows):
            yield window.get_image(x, y + top, width, min(rows, height - top), X.ZPixmap, 0xFFFFFFFF).data


GONE = (ConnectionClosedError, DisplayError, OSError, RuntimeError)
"""What python-xlib raises when the server has ended the connection."""
_PROPERTIES = ("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "WM_NAME", "_NET_WM_PID")


def connected(name: str) -> display.Display:
    """Raises OSError, in a sentence, where there is no such server or it does not let us in."""
    try:
        _knock(name)
        return display.Display(name)
    except Exception as e:  # python-xlib raises classes of several families
        raise OSError(f"no X server at {name or 'no address'}: {str(e).strip() or type(e).__name__}") from e


def ended(connection: display.Display) -> None:
    """Also where the server has gone, which the library finds out before it closes its own end."""
    with suppress(*GONE):
        connection.close()
    connection.display.socket.close()


def _knock(name: str) -> None:
    """python-xlib goes on by TCP where a local server does not answer, and leaves its sockets open."""
    number = name.removeprefix("unix").removeprefix(":").partition(".")[0]
    if not name.startswith((":", "unix:")) or not number.isdigit():
        raise ValueError("is no display of this machine, which is :0 or the like")
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 it is where X servers listen
    for address in (f"\0{path}", path):
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(address) == 0:
                return
    raise ConnectionRefusedError("nobody listens there")


def _decoded(value: bytes) -> str:
    """WM_NAME is Latin-1 by its standard and UTF-8 in many programs."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
