"""One desktop, spoken to over its session's bus: it shows the notification and the icon, and says what was clicked."""

import logging
from collections.abc import Callable
from time import monotonic

from jeepney import HeaderFields, MatchRule, Message, MessageType
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection

from agent.telling.last_told import Due, LastTold
from agent.telling.notification import SERVICE, is_click, notification
from agent.telling.opening import open_notice
from agent.telling.tray import WATCHER, Tray, register
from agent.telling.words import Told

log = logging.getLogger(__name__)
CLICKED = MatchRule(type="signal", interface=SERVICE, member="ActionInvoked")
APPEARS = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
APPEARS.add_arg_condition(0, WATCHER)


class Desktop:
    """Nothing here waits for an answer: what comes is looked at in ``turn``, in whatever order."""

    def __init__(
        self,
        bus: DBusConnection,
        told: Told,
        last: LastTold,
        *,
        again: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._bus, self._told, self._last, self._again, self._clock = bus, told, last, again, clock
        self._tray = Tray(told)
        self._asked, self._asked_for = 0, told
        """The number of the message that asks for a notification, until it is answered; and what that one tells."""
        self._shown = 0
        self._due_at: float | None = None
        for rule in (CLICKED, APPEARS):
            self._send(message_bus.AddMatch(rule))
        self._send(register(self._name))
        self._notify()

    def changed(self, told: Told) -> None:
        self._told = told
        for signal in self._tray.changed(told):
            self._send(signal)
        self._notify()

    def wait(self) -> float | None:
        """How many seconds nothing is to be done, unless something comes."""
        return None if self._due_at is None else max(0.0, self._due_at - self._clock())

    def turn(self) -> None:
        while (message := self._next()) is not None:
            self._take(message)
        if self._due_at is not None and self._clock() >= self._due_at:
            self._notify()

    @property
    def _name(self) -> str:
        return str(self._bus.unique_name)

    def _next(self) -> Message | None:
        try:
            return self._bus.receive(timeout=0)
        except TimeoutError:
            return None

    def _notify(self) -> None:
        self._due_at = None
        due = self._last.due(self._told)
        if due is not Due.NOTHING and not self._asked:
            self._asked_for = self._told
            asked = notification(self._told, stays=due is Due.NEW, instead_of=self._shown)
            self._asked = self._send(asked)

    def _take(self, message: Message) -> None:
        kind = message.header.message_type
        if kind is MessageType.method_call:
            answer, opens = self._tray.answer(message)
            self._send(answer)
            if opens:
                self._send(open_notice())
        elif kind is MessageType.signal:
            self._signal(message)
        elif self._asked and message.header.fields.get(HeaderFields.reply_serial) == self._asked:
            self._answered(message, kind is MessageType.method_return)

    def _signal(self, message: Message) -> None:
        if is_click(message, self._shown):
            self._send(open_notice())
        elif message.header.fields.get(HeaderFields.member) == "NameOwnerChanged" and message.body[2]:
            self._send(register(self._name))

    def _answered(self, message: Message, shown: bool) -> None:
        self._asked = 0
        if not shown:
            self._due_at = self._clock() + self._again  # nobody shows notifications yet
            return
        self._shown = message.body[0]
        if self._last.due(self._asked_for) is Due.NEW:
            self._send(open_notice())
        self._last.was_told(self._asked_for)
        self._notify()  # it may have changed meanwhile

    def _send(self, message: Message) -> int:
        number: int = next(self._bus.outgoing_serial)
        self._bus.send(message, serial=number)
        return number
