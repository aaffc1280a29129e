"""Which thing on a window is typed into, and what is told of it: never of a field for passwords, nor of one that merely
shows what a program writes there."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from agent.linux.accessible_bus import AccessibleBus
from agent.linux.accessible_line import Ref, Signal
from agent.linux.before_signals import before_signals
from agent.linux.roles import Role, State, has
from agent.session.desktop import Edited, Event, Field, Focused, Stood, Window
from agent.session.sentences import GAP

_AROUND = 600
"""Characters of a field read on each side of where the person begins to write."""
_DEPTH = 10
"""Steps up from where the text changed to what has the focus."""
_MOST = 200
_BULLETS = "•●"
"""What programs show in the place of a password's letters."""


class AccessibleFields:
    def __init__(
        self, bus: AccessibleBus, active: Callable[[], Window | None], look: Callable[[], Window | None]
    ) -> None:
        """``active``: the window that has the keyboard, as far as is known; ``look``: the same, looked for anew."""
        self._bus, self._active, self._look = bus, active, look
        self._focused: Ref | None = None
        self.written: Field | None = None
        """The field that the person wrote in last, while it has the focus."""
        self._known: OrderedDict[Ref, str] = OrderedDict()
        """What the text of may be told, by its key; others with an empty one. Until the focus moves."""
        self._secrets = set[Ref]()
        """Once for passwords, always: to show one does not make it less of a secret."""

    def of_text(self, signal: Signal) -> Iterator[Event]:
        """What a change of text says. Nothing where it is not sure that the person writes there."""
        kind, _, by = signal.detail.partition(":")
        if by == "system" or kind not in ("insert", "delete"):
            return
        if signal.value and not str(signal.value).strip(_BULLETS):
            self._secrets.add(signal.ref)  # whatever it is by now, it was one when this was typed
            self._known[signal.ref] = ""
        is_new, signals = signal.ref not in self._known, [signal]
        if is_new and (key := self._key(signal.ref)) is not None:
            self._remember(signal.ref, key)
        key, window = self._known.get(signal.ref, ""), self._active()
        if not key or window is None:
            return
        self.written = field = Field(key=key, window=window)
        if is_new:
            stood, signals = self._stood(signal)
            if stood is not None:
                yield Stood(field=field, text=stood[1].replace("\ufffc", GAP), start=stood[0])
        yield from (_edited(field, each) for each in signals if _is_change(each))

    def is_told(self, ref: Ref) -> bool:
        """Whether the person writes there, as far as is known."""
        return bool(self._known.get(ref))

    def of_focus(self, signal: Signal) -> Iterator[Event]:
        if not signal.first:
            return
        self._focused, self.written = signal.ref, None
        self._known.clear()
        window = self._active()
        if window is None:
            yield Focused(field=None)
            return
        if self._is_secret(signal.ref):
            yield Focused(field=Field(key=_key(signal.ref), window=window, is_secure=True))
        elif has(self._bus.states(signal.ref), State.EDITABLE):
            yield Focused(field=Field(key=_key(signal.ref), window=window))
        else:
            yield Focused(field=None)

    def _is_secret(self, ref: Ref) -> bool:
        """Where it is not known what it is, it is one."""
        role = self._bus.role(ref)
        if role == Role.PASSWORD_TEXT:
            self._secrets.add(ref)
        return role is None or ref in self._secrets

    def _key(self, ref: Ref) -> str | None:
        """Empty for what never is the person's own writing; None where it is not so just now."""
        if self._is_secret(ref) or not has(states := self._bus.states(ref), State.EDITABLE):
            return ""
        if not has(states, State.FOCUSED) and not self._is_in_focus(ref):
            return None
        pid = self._bus.process(ref.owner)
        return _key(ref) if self._has_keyboard(self._active(), pid) or self._has_keyboard(self._look(), pid) else None

    def _has_keyboard(self, window: Window | None, pid: int | None) -> bool:
        return window is not None and (window.pid is None or window.pid == pid)

    def _is_in_focus(self, ref: Ref) -> bool:
        """Whether it is part of what has the focus, and no secret lies between."""
        above: Ref | None = ref
        for _ in range(_DEPTH):
            above = self._bus.parent(above) if above else None
            if above is None or self._is_secret(above):
                return False
            if above == self._focused or has(self._bus.states(above), State.FOCUSED):
                return True
        return False

    def _stood(self, signal: Signal) -> tuple[tuple[int, str] | None, list[Signal]]:
        """What stood there before the change, and all changes that are known of by then."""
        length = self._bus.length(signal.ref)
        start, end = max(0, signal.first - _AROUND), min(length, signal.first + signal.second + _AROUND)
        text = self._bus.text(signal.ref, start, end)
        changes = [signal, *self._bus.waiting(lambda s: s.ref == signal.ref and s.member == "TextChanged")]
        before = None if text is None else before_signals(text, start, changes)
        return (None if before is None else (start, before)), changes

    def _remember(self, ref: Ref, key: str) -> None:
        self._known[ref] = key
        if len(self._known) > _MOST:
            self._known.popitem(last=False)


def _key(ref: Ref) -> str:
    return f"{ref.owner}{ref.path}"


def _is_change(signal: Signal) -> bool:
    """A program that fills a field with nothing tells so too."""
    return bool(signal.second or signal.value)


def _edited(field: Field, signal: Signal) -> Edited:
    if signal.detail.startswith("insert"):
        return Edited(field=field, start=signal.first, inserted=str(signal.value).replace("\ufffc", GAP))
    return Edited(field=field, start=signal.first, removed=signal.second)
