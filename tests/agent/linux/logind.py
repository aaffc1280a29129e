"""A logind of one's own, on a bus of one's own, that says what a test tells it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from jeepney import DBusAddress, Message, message_bus, new_error, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"


class Logind:
    def __init__(self, bus: str) -> None:
        self.bus = bus
        self.sessions: dict[str, dict[str, Any]] = {}
        self._connection = open_dbus_connection(bus)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._stopping = Event()
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.close()

    def add(self, id: str, uid: int, name: str, **told: Any) -> None:
        plain = {"Class": ("s", "user"), "Type": ("s", "x11"), "State": ("s", "active")}
        changes = {key: ("s", value) for key, value in told.items()}
        since = {"Timestamp": ("t", 1_772_447_400_000_000)}
        self.sessions[id] = {"uid": uid, "name": name, "told": plain | changes | since}
        self._tell("SessionNew", id)

    def remove(self, id: str) -> None:
        del self.sessions[id]
        self._tell("SessionRemoved", id)

    def _tell(self, what: str, id: str) -> None:
        manager = DBusAddress(PATH, interface=f"{NAME}.Manager")
        self._connection.send(new_signal(manager, what, "so", (id, _path(id))))

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                asked = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if asked.header.message_type.name == "method_call":
                self._connection.send(self._answer(asked))

    def _answer(self, asked: Message) -> Message:
        if asked.header.fields[3] == "ListSessions":
            rows = [(id, row["uid"], row["name"], "seat0", _path(id)) for id, row in self.sessions.items()]
            return new_method_return(asked, "a(susso)", (rows,))
        found = next((row for id, row in self.sessions.items() if _path(id) == asked.header.fields[1]), None)
        if found is None:
            return new_error(asked, f"{NAME}.NoSuchSession")
        return new_method_return(asked, "a{sv}", (found["told"],))


def _path(id: str) -> str:
    return f"{PATH}/session/_{id}"


@contextmanager
def own_logind() -> Iterator[Logind]:
    command = ["dbus-daemon", "--session", "--print-address", "--nofork"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as daemon:
        assert daemon.stdout
        made = Logind(daemon.stdout.readline().strip())
        try:
            yield made
        finally:
            made.close()
            daemon.terminate()
