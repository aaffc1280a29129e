"""What keys do to a text that nobody tells: where the caret is, as long as that can be followed.

Only what was typed is known. A stretch is what is typed in one go; whatever moves the caret out of it, or may have done
so, begins another one, under another key.
"""

from collections.abc import Iterator

from agent.linux.keymap import Pressed
from agent.session.desktop import Edited, Entered, Event, Field, Focused, Window

ENTER = ("Return", "KP_Enter", "ISO_Enter")
_NOWHERE = ("Escape", "Caps_Lock", "Print", "Pause", "Scroll_Lock", "Menu")


class KeyedText:
    def __init__(self) -> None:
        self._window: Window | None = None
        self._stretch = 0
        self._caret = 0
        self._text = ""

    def pressed(self, key: Pressed, window: Window, is_terminal: bool = False) -> Iterator[Event]:
        if self._window is None or window.key != self._window.key:
            self._begin()
        self._window = window
        field = Field(key=f"{window.key}/keys{self._stretch}", window=window)
        if key.name in ENTER:
            yield Entered(field=field)
            self._begin()
        elif key.name == "BackSpace":
            yield from self._take(field, self._back(by_word=key.control or key.alt))
        elif key.control and is_terminal and key.letter.lower() in ("w", "u", "h"):
            yield from self._take(field, {"w": self._back(True), "u": self._caret, "h": 1}[key.letter.lower()])
        elif key.name == "Delete" and 0 <= self._caret < len(self._text):
            yield from self._replace(field, self._caret, 1, "")
        elif key.name in ("Left", "Right") and not key.shift and not key.control:
            yield from self._move(field, -1 if key.name == "Left" else 1)
        elif key.letter and not key.control and not key.alt:
            yield from self._replace(field, self._caret, 0, key.letter)
        elif key.name not in _NOWHERE:
            yield from self.left()

    def left(self) -> Iterator[Event]:
        """The caret may be anywhere now: a click, a jump, something pasted of which nobody knows what it was."""
        if self._text:
            yield Focused(field=None)
        self._begin()

    def _begin(self) -> None:
        self._stretch += 1
        self._caret, self._text = 0, ""

    def _back(self, by_word: bool) -> int:
        if not by_word:
            return 1
        before = self._text[: self._caret].rstrip()
        return self._caret - (before.rfind(" ") + 1)

    def _take(self, field: Field, count: int) -> Iterator[Event]:
        """What lies before the stretch is not known, and taking it out says nothing."""
        if self._caret >= count > 0:
            self._caret -= count
            yield from self._replace(field, self._caret, count, "")
        else:
            yield from self.left()

    def _move(self, field: Field, by: int) -> Iterator[Event]:
        if 0 <= self._caret + by <= len(self._text):
            self._caret += by
        else:
            yield from self.left()

    def _replace(self, field: Field, start: int, removed: int, inserted: str) -> Iterator[Event]:
        self._text = self._text[:start] + inserted + self._text[start + removed :]
        self._caret = start + len(inserted)
        yield Edited(field=field, start=start, removed=removed, inserted=inserted)
