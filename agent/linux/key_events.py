"""What keys tell a session: Enter and pasting everywhere, letters only of programs that tell nothing themselves."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from agent.linux.keyed_text import ENTER, KeyedText
from agent.linux.keymap import Pressed
from agent.linux.silent_programs import Reading
from agent.session.desktop import Edited, Entered, Event, Field, Tell, Window

_PASTES = 1.5
"""Seconds after the key in which what comes at once was pasted by it."""
_DELETES = 1.0
"""Seconds after a key that can delete in which it may have been what did."""
_DELETING = ("BackSpace", "Delete", "KP_Delete")
_CUTTING = frozenset("xzukh")
"""With Ctrl: cut, undo, and by what editors take out. Ctrl+W and Ctrl+Q close windows with all that is in them."""
_MIDDLE, _LAST_BUTTON = 2, 3
_RESTS = 0.4
"""Seconds for which keys of a program that tells itself what is typed may wait: they are read when it matters."""


class KeyEvents:
    """Of keys it is told one at a time; ``as_done`` may be asked by any thread."""

    def __init__(
        self,
        tell: Tell,
        active: Callable[[], Window | None],
        focused: Callable[[], Field | None],
        reading: Callable[[Window], Reading],
        clock: Callable[[], float] = time.monotonic,
        catch_up: Callable[[], None] = lambda: None,
    ) -> None:
        """``focused``: the field of a program that tells of itself, if one has the keyboard. ``catch_up``: has all keys
        told that were pressed until now."""
        self._tell, self._active, self._focused, self._reading = tell, active, focused, reading
        self._clock, self._catch_up = clock, catch_up
        self._rests = 0.0
        self._text = KeyedText()
        self._held: list[Event] = []
        """Of a stretch that is one word so far: it might be a password."""
        self._is_sentence = False
        self._pasted_at = self._deleting_at = float("-inf")

    def pressed(self, key: Pressed) -> None:
        if _deletes(key):
            self._deleting_at = self._clock()
        if _pastes(key):
            self._pasted_at = self._clock()
        window = self._active()
        reading = self._reading(window) if window else Reading.NOTHING
        self._rests = _RESTS if reading is Reading.SPEAKS else 0.0
        if window is None or reading in (Reading.NOTHING, Reading.SPEAKS):
            self._leave()
            if (field := self._focused()) and key.name in ENTER:
                self._tell(Entered(field=field))
            return
        for event in self._text.pressed(key, window, reading is Reading.TERMINAL):
            self._pass_on(event, reading)

    def clicked(self, button: int) -> None:
        if button == _MIDDLE:
            self._pasted_at = self._clock()
        if button <= _LAST_BUTTON:
            self._leave()

    def rests(self) -> float:
        """Seconds for which the next keys may wait."""
        return self._rests

    def as_done(self, event: Event) -> Event:
        """The same, marked where a key has just pasted it, or where no key was pressed that could have deleted it."""
        if not isinstance(event, Edited) or max(len(event.inserted), event.removed) <= 1:
            return event
        self._catch_up()
        now = self._clock()
        if len(event.inserted) > 1 and now - self._pasted_at <= _PASTES:
            return replace(event, pasted=True)
        if event.removed > 1 and not event.inserted and now - self._deleting_at > _DELETES:
            return replace(event, by_program=True)
        return event

    def _leave(self) -> None:
        for event in self._text.left():
            if self._is_sentence:
                self._tell(event)
        self._forget()

    def _pass_on(self, event: Event, reading: Reading) -> None:
        self._is_sentence = self._is_sentence or reading is Reading.TERMINAL or _has_words([*self._held, event])
        self._held.append(event)
        if self._is_sentence:
            for held in self._held:
                self._tell(held)
            self._held.clear()
        if not isinstance(event, Edited):
            self._forget()

    def _forget(self) -> None:
        self._held.clear()
        self._is_sentence = False


def _has_words(events: Sequence[Event]) -> bool:
    """Whether a second word has begun."""
    return len("".join(_inserted(events)).split()) > 1


def _inserted(events: Sequence[Event]) -> Iterator[str]:
    return (event.inserted for event in events if isinstance(event, Edited))


def _pastes(key: Pressed) -> bool:
    return (key.control and key.letter.lower() == "v") or (key.shift and key.name == "Insert")


def _deletes(key: Pressed) -> bool:
    """A letter does, where something was selected."""
    if key.control or key.alt:
        return key.name in _DELETING or (key.control and key.letter.lower() in _CUTTING)
    return key.name in _DELETING or bool(key.letter)
