"""What a platform (Linux, Windows, macOS) tells a session of its desktop, and what it can be asked.

The session decides what is said to the service; a platform only sees. Two things it keeps to itself on every system: of
a field for secrets everything but that it has the focus, even how much was typed; and what is not the person's own
session.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The one that has the keyboard."""

    key: str
    """Names it for as long as it is open."""
    app: str
    """The program's name as people know it."""
    title: str = ""
    pid: int | None = None
    address: str = ""
    """Of the page, where the system tells."""
    document: str = ""
    """The file's name, where the system tells."""

    @property
    def location(self) -> str:
        """Where in the program: the page, or else the file."""
        return self.address or self.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What can be typed into."""

    key: str
    """Names it for as long as the session lives; never given again to another."""
    window: Window
    is_secure: bool = False
    """For a password or the like. Of such a field a platform tells `Focused` and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A known piece of a field's text was put in the place of another."""

    field: Field
    start: int
    """In characters. Where a field's text is not known: from where the person began to type (it may be negative)."""
    removed: int = 0
    """Characters, from ``start`` on."""
    inserted: str = ""
    pasted: bool = False
    """Known to come from the clipboard. What merely came all at once the session notices itself."""
    by_program: bool = False
    """Taken out without the person's doing: a chat was sent by a click, a window was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What stands in a field, from ``start`` on, before the person writes there: so that a sentence is read whole."""

    field: Field
    text: str
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The field's whole text as it is now, from a system that does not say what has changed in it since `Stood`."""

    field: Field
    text: str
    pasted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The person pressed Enter in it: what was written is sent, or a new line begins."""

    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Focused:
    """Another field has the keyboard, or none that can be read."""

    field: Field | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activated:
    """Another window has the keyboard (None: none), or the title, address or document of the same has changed."""

    window: Window | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """Something on the active window may read otherwise now. Told freely; the session looks when it sees fit."""

    window: Window


Event = Edited | Stood | Rewritten | Entered | Focused | Activated | Redrawn
Tell = Callable[[Event], None]


class Desktop(Protocol):
    """One platform. Its methods never raise for what a program or a window does: they answer with less."""

    def begin(self, tell: Tell) -> None:
        """Starts to tell, from threads of its own; ``tell`` may be called from any and returns at once.

        Raises OSError, in a sentence, where there is no desktop to be seen.
        """

    def end(self) -> None:
        """Stops to tell. Nothing is told after it returns."""

    def active(self) -> Window | None:
        """The window that has the keyboard just now."""

    def texts(self, window: Window) -> Sequence[str]:
        """What can be read on it just now, in reading order, bounded in nodes, depth and time. No secure field's."""

    def picture(self, window: Window) -> bytes:
        """Of it alone, as a JPEG; empty where the system gives none, or where it is no longer the active one."""

    def unseen(self) -> Sequence[str]:
        """In sentences for whoever looks after the device: what cannot be seen on this desktop, and why."""
