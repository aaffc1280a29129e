"""The line to the bus on which programs tell what is on their windows (AT-SPI), over plain D-Bus: asking and hearing.

jeepney and not the GObject bindings: those bring 40 MB of libraries into every session and cannot be installed beside a
virtual environment.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_TIMEOUT = 1.5
"""Seconds a program has to answer; one that hangs must not hold up the others for long."""
_REGISTRY = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")


class Ref(NamedTuple):
    """One thing on a window: whose it is on the bus, and its name there."""

    owner: str
    path: str

    @property
    def is_nothing(self) -> bool:
        return not self.owner or self.path.endswith("/null")


class Signal(NamedTuple):
    """Something happened to ``ref``."""

    ref: Ref
    interface: str
    member: str
    detail: str
    first: int
    second: int
    value: Any


class AccessibleLine:
    """Not for two threads. Raises OSError when the bus itself has gone; of a program that does not answer, nothing."""

    def __init__(self, session_bus: str) -> None:
        """Asks programs to tell. Raises OSError, in a sentence, where there is no such bus."""
        try:
            with open_dbus_connection(session_bus) as session:
                self._connection = _connected(session)
        except (OSError, ValueError, KeyError, IndexError) as e:
            raise OSError(f"no accessibility on the session bus: {e}; is at-spi2-core installed?") from e
        self._waiting = deque[Signal]()

    def close(self) -> None:
        self._connection.close()

    def interrupt(self) -> None:
        """From another thread: whoever waits for a signal is told by an OSError."""
        try:
            self._connection.sock.shutdown(2)
        except OSError:
            return

    def listen(self, *rules: MatchRule, events: tuple[str, ...] = ()) -> None:
        """To signals that match; ``events``: what programs must be asked to tell at all."""
        for event in events:
            self._reply(new_method_call(_REGISTRY, "RegisterEvent", "s", (event,)))
        for rule in rules:
            self._reply(message_bus.AddMatch(rule))

    def listen_no_more(self, rule: MatchRule) -> None:
        self._reply(message_bus.RemoveMatch(rule))

    def signal(self, seconds: float | None = None) -> Signal | None:
        """The next one, in the order in which programs told them; None if there is none so soon."""
        ends = None if seconds is None else time.monotonic() + seconds
        while not self._waiting:
            try:
                message = self._connection.receive(timeout=None if ends is None else max(0.0, ends - time.monotonic()))
            except TimeoutError:
                return None
            self._take(message)
        return self._waiting.popleft()

    def ask(self, ref: Ref, interface: str, member: str, signature: str = "", *body: object) -> tuple[Any, ...] | None:
        """None where the program has no answer, or not in time."""
        address = DBusAddress(ref.path, ref.owner, interface)
        return _body(self._reply(new_method_call(address, member, signature or None, body)))

    def waiting(self, which: Callable[[Signal], bool]) -> list[Signal]:
        """Signals that came before the last answer, which therefore knew of them; they are not given again."""
        taken = [signal for signal in self._waiting if which(signal)]
        self._waiting = deque(signal for signal in self._waiting if not which(signal))
        return taken

    def process(self, owner: str) -> int | None:
        """The number of the program that owns a name on the bus."""
        body = _body(self._reply(message_bus.GetConnectionUnixProcessID(owner)))
        found: int | None = body[0] if body else None
        return found

    def _reply(self, message: Message) -> Message | None:
        """What comes before it is kept, so that no signal is lost and none is out of order."""
        serial = next(self._connection.outgoing_serial)
        self._connection.send(message, serial=serial)
        ends = time.monotonic() + _TIMEOUT
        while True:
            try:
                came = self._connection.receive(timeout=max(0.0, ends - time.monotonic()))
            except TimeoutError:
                return None
            if came.header.fields.get(HeaderFields.reply_serial) == serial:
                return came
            self._take(came)

    def _take(self, message: Message) -> None:
        fields, body = message.header.fields, message.body
        interface = fields.get(HeaderFields.interface, "")
        if message.header.message_type is not MessageType.signal or not interface.startswith("org.a11y.atspi.Event."):
            return
        if len(body) < 4 or not isinstance(body[3], tuple):
            return
        ref, member = Ref(fields[HeaderFields.sender], fields[HeaderFields.path]), fields[HeaderFields.member]
        detail, first, second, (_, value) = body[:4]
        self._waiting.append(Signal(ref, interface, member, detail, first, second, value))


def _connected(session: DBusConnection) -> DBusConnection:
    status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
    session.send_and_get_reply(Properties(status).set("IsEnabled", "b", True), timeout=5)
    bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    reply = session.send_and_get_reply(new_method_call(bus, "GetAddress"), timeout=5)
    if reply.header.message_type is MessageType.error:
        raise ValueError(str(reply.body[0]) if reply.body else "it does not answer")
    return open_dbus_connection(reply.body[0])


def _body(reply: Message | None) -> tuple[Any, ...] | None:
    return None if reply is None or reply.header.message_type is MessageType.error else reply.body
