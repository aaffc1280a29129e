"""The thread that hears what programs tell through accessibility, and comes back after the bus was away."""

import logging
import threading
from collections.abc import Callable, Iterator

from jeepney import MatchRule

from agent.linux.accessible_bus import AccessibleBus
from agent.linux.accessible_fields import AccessibleFields
from agent.linux.accessible_line import Ref, Signal
from agent.session.desktop import Event, Field, Redrawn, Tell, Window

logger = logging.getLogger("agent")

_OBJECT, _WINDOW, _DOCUMENT = (f"org.a11y.atspi.Event.{name}" for name in ("Object", "Window", "Document"))
_EVENTS = (
    "object:text-changed",
    "object:state-changed:focused",
    "object:children-changed",
    "document:load-complete",
    "window:activate",
)
_focused = MatchRule(type="signal", interface=_OBJECT, member="StateChanged")
_focused.add_arg_condition(0, "focused")
_RULES = (
    MatchRule(type="signal", interface=_OBJECT, member="TextChanged"),
    _focused,
    MatchRule(type="signal", interface=_DOCUMENT, member="LoadComplete"),
    MatchRule(type="signal", interface=_WINDOW, member="Activate"),
)
_CHILDREN = MatchRule(type="signal", interface=_OBJECT, member="ChildrenChanged")
"""A page may tell thousands in a second: after the first nobody listens for a while."""
_DEAF = 5.0
_AGAIN = 5.0
"""Seconds until the bus is looked for again."""


class AccessibleListener:
    def __init__(
        self,
        connect: Callable[[], AccessibleBus],
        tell: Tell,
        active: Callable[[], Window | None],
        look: Callable[[Ref | None], Window | None],
    ) -> None:
        """``look``: for the active window anew; a window that says that it is active now is named."""
        self._connect, self._tell, self._active, self._look = connect, tell, active, look
        self._bus: AccessibleBus | None = None
        self._fields: AccessibleFields | None = None
        self._ended = threading.Event()
        self._hears_children = False
        self._thread = threading.Thread(target=self._run, name="accessible", daemon=True)

    @property
    def written(self) -> Field | None:
        """The field that the person writes in, as far as its program tells."""
        return self._fields.written if self._fields else None

    @property
    def is_listening(self) -> bool:
        return self._hears_children

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if self._bus:
            self._bus.interrupt()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._bus = self._connect()
                try:
                    self._bus.listen(*_RULES, events=_EVENTS)
                    self._fields = AccessibleFields(self._bus, self._active, lambda: self._look(None))
                    self._hear(self._bus, self._fields)
                finally:
                    self._hears_children = False
                    self._bus.close()
            except OSError as e:
                if not self._ended.is_set():
                    logger.warning("accessibility is away: %s", type(e).__name__)
            self._ended.wait(_AGAIN)

    def _hear(self, bus: AccessibleBus, fields: AccessibleFields) -> None:
        while not self._ended.is_set():
            if not self._hears_children:
                bus.listen(_CHILDREN)
                self._hears_children = True
            signal = bus.signal()
            while signal is not None and not self._ended.is_set():
                for event in self._events(bus, fields, signal):
                    self._tell(event)
                signal = bus.signal(None if self._hears_children else _DEAF)

    def _events(self, bus: AccessibleBus, fields: AccessibleFields, signal: Signal) -> Iterator[Event]:
        match signal.member:
            case "TextChanged":
                yield from fields.of_text(signal)
                if not fields.is_told(signal.ref):
                    yield from self._redrawn()
            case "StateChanged":
                if signal.first:
                    self._look(None)
                yield from fields.of_focus(signal)
            case "Activate":
                self._look(signal.ref)
            case "LoadComplete":
                if signal.first:
                    self._look(None)
                yield from self._redrawn()
            case "ChildrenChanged":
                if self._hears_children:
                    bus.listen_no_more(_CHILDREN)
                    self._hears_children = False
                    yield from self._redrawn()

    def _redrawn(self) -> Iterator[Event]:
        if window := self._active():
            yield Redrawn(window=window)
