"""Tells the person at the device: a notification at each sign-in, an icon in the tray, and the page behind both.

All of it follows from the orders, and they from the school's policy alone.
"""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Event, Thread

from jeepney.io.blocking import open_dbus_connection

from agent.orders import Orders
from agent.telling.desktop import Desktop
from agent.telling.last_told import LastTold
from agent.telling.words import Told, told

log = logging.getLogger(__name__)
AGAIN = 5.0
"""Seconds until a desktop that is not there yet is looked for again."""


class Telling:
    """On a thread of its own, which sleeps until the desktop, or a change of the orders, has something to say.

    ``bus`` is asked for the address of the session's bus, which may be another one after the next sign-in."""

    def __init__(self, bus: Callable[[], str], last: LastTold, *, again: float = AGAIN) -> None:
        self._bus, self._last, self._again = bus, last, again
        self._told: Told | None = None
        self._stopping = Event()
        self._wakes, self._woken = socket.socketpair()
        self._wakes.setblocking(False)
        self._thread = Thread(target=self._run, name="telling", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake()
        self._thread.join(5)
        self._wakes.close()
        self._woken.close()

    def orders(self, orders: Orders) -> None:
        """From any thread; it never waits."""
        new = told(orders)
        if new != self._told:
            self._told = new
            self._wake()

    def _wake(self) -> None:
        with suppress(OSError):  # it has been woken already
            self._wakes.send(b"!")

    def _run(self) -> None:
        while not self._stopping.is_set():
            if self._told is None:
                self._woken.recv(4096)
                continue
            try:
                self._tell(self._told)
            except Exception as e:  # noqa: BLE001  # the loop of this thread: the desktop comes and goes
                log.info("the desktop cannot be told now: %s", type(e).__name__)
            self._stopping.wait(self._again)

    def _tell(self, told: Told) -> None:
        """Until the desktop's bus ends."""
        with open_dbus_connection(self._bus()) as bus:
            desktop = Desktop(bus, told, self._last, again=self._again)
            while not self._stopping.is_set():
                readable, _, _ = select([bus.sock, self._woken], [], [], desktop.wait())
                if self._woken in readable:
                    self._woken.recv(4096)
                    desktop.changed(self._told or told)
                desktop.turn()
