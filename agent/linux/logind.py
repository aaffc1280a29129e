"""Who is signed in at the screen, as systemd's logind says it over D-Bus."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from agent.service.logins import Login, account_of

log = logging.getLogger(__name__)
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
AT_A_SCREEN = frozenset({"x11", "wayland", "mir"})
AGAIN = 5.0
"""Seconds between attempts to be told, where the bus is away."""
_NAME, _MANAGER = "org.freedesktop.login1", "org.freedesktop.login1.Manager"
_THERE = DBusAddress("/org/freedesktop/login1", bus_name=_NAME, interface=_MANAGER)


class LogindLogins:
    """``bus``: an address, or the system's."""

    def __init__(self, bus: str = "SYSTEM", boot_id: Path = BOOT_ID) -> None:
        self._bus = bus
        self._boot = boot_id.read_text("ascii").strip()[:8] if boot_id.exists() else "boot"
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="logind", daemon=True)
        self._changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def now(self) -> Iterable[Login]:
        try:
            with open_dbus_connection(self._bus) as bus:
                (sessions,) = _ask(bus, new_method_call(_THERE, "ListSessions"))
                found = [self._login(bus, *session) for session in sessions]
        except (DBusErrorResponse, TimeoutError, KeyError) as e:
            raise OSError(f"logind does not answer: {type(e).__name__}") from e
        return tuple(login for login in found if login)

    def _login(self, bus: DBusConnection, id: str, uid: int, name: str, seat: str, path: str) -> Login | None:
        """None for what is no person at a screen, or went while we asked."""
        where = DBusAddress(path, bus_name=_NAME, interface=f"{_NAME}.Session")
        try:
            (told,) = _ask(bus, Properties(where).get_all())
        except DBusErrorResponse:
            return None
        said = {key: value for key, (_, value) in told.items()}
        if said["Class"] != "user" or said["Type"] not in AT_A_SCREEN or said["State"] == "closing":
            return None
        since = datetime.fromtimestamp(said["Timestamp"] / 1_000_000, UTC)
        return Login(id=f"{self._boot}-{id}", uid=uid, account=name or account_of(uid), since=since)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (OSError, DBusErrorResponse, EOFError) as e:
                log.warning("logind is not heard: %s", e)
            self._changed()
            self._stopping.wait(AGAIN)

    def _listen(self) -> None:
        rule = MatchRule(type="signal", sender=_NAME, interface=_MANAGER)
        with open_dbus_connection(self._bus) as bus:
            _ask(bus, message_bus.AddMatch(rule))
            self._changed()
            # Here a signal's sender has a number of the bus's for its name.
            with bus.filter(MatchRule(type="signal", interface=_MANAGER)) as heard:
                while not self._stopping.is_set():
                    try:
                        signal = bus.recv_until_filtered(heard, timeout=1.0)
                    except TimeoutError:
                        continue
                    if str(signal.header.fields.get(3, "")).startswith("Session"):
                        self._changed()


def _ask(bus: DBusConnection, message: Any) -> tuple[Any, ...]:
    answered: tuple[Any, ...] = unwrap_msg(bus.send_and_get_reply(message, timeout=10.0))
    return answered
