"""A screen that shows what a test puts on it."""

import threading
from collections.abc import Sequence

from agent.polling.screen import Focus
from agent.session.desktop import Field, Window

NOTES = Window(key="1", app="Notepad", title="notes.txt")


def focus(text: str | None, key: str = "f", *, secure: bool = False, window: Window = NOTES) -> Focus:
    return Focus(field=Field(key=key, window=window, is_secure=secure), text=text)


class ScriptedScreen:
    def __init__(self) -> None:
        self.shown: Window | None = NOTES
        self.focused: Focus | None = None
        self.seconds_idle = 0.0
        self.looks, self.threads, self.is_closed = 0, set[int](), False
        self.error: Exception | None = None

    def open(self) -> None:
        self.threads.add(threading.get_ident())
        if self.error:
            raise self.error

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        self.is_closed = True

    def idle(self) -> float:
        self.looks += 1
        return self.seconds_idle

    def window(self) -> Window | None:
        self.threads.add(threading.get_ident())
        if self.error:
            raise self.error
        return self.shown

    def focus(self, window: Window) -> Focus | None:
        return self.focused

    def texts(self, window: Window) -> Sequence[str]:
        self.threads.add(threading.get_ident())
        return [f"on {window.title}"]

    def picture(self, window: Window) -> bytes:
        return b"jpeg"

    def unseen(self) -> Sequence[str]:
        return ["something"]
