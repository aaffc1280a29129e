"""Which window has the keyboard on Windows, and which program it belongs to as people know it."""

from pathlib import PureWindowsPath

from agent.session.desktop import Window
from agent.windows.window_calls import WindowCalls

_HOST = "applicationframehost.exe"
"""Frames the windows of programs from the Store; the program's own window lies within the frame."""
_MOST_NAMES = 200


class Foreground:
    def __init__(self, calls: WindowCalls) -> None:
        self._calls = calls
        self._names = dict[str, str]()

    def window(self) -> Window | None:
        """None while the screen is locked, and while Windows itself asks for a password: both are another desktop."""
        handle = self._calls.foreground()
        if not handle:
            return None
        process = self._process(handle)
        return Window(
            key=f"w{handle:x}.{process}",
            app=self._name(self._calls.program(process)),
            title=self._calls.title(handle),
            pid=process or None,
        )

    def _process(self, handle: int) -> int:
        own = self._calls.process(handle)
        if PureWindowsPath(self._calls.program(own)).name.casefold() != _HOST:
            return own
        within = (self._calls.process(child) for child in self._calls.children(handle))
        return next((process for process in within if process and process != own), own)

    def _name(self, program: str) -> str:
        if program not in self._names:
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            self._names[program] = self._calls.description(program).strip() or PureWindowsPath(program).stem
        return self._names[program]


def handle_of(window: Window) -> int:
    """The one its key was made of."""
    return int(window.key.removeprefix("w").partition(".")[0], 16)
