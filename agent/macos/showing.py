"""What tells the person on a Mac: a notification, and the page. An icon would need Cocoa's loop, which nothing runs."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from agent.telling.browser import show_page
from agent.telling.notification import lines
from agent.telling.words import Told

_SAY = ("on run said", "display notification (item 2 of said) with title (item 1 of said)", "end run")
"""AppleScript; what is said goes beside it and is never part of it."""


def _run(command: Sequence[str]) -> None:
    """OSError where it cannot be told now."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=10)
    except subprocess.SubprocessError as e:
        raise OSError("no notification can be shown") from e


class MacShowing:
    def __init__(
        self,
        folder: Path,
        run: Callable[[Sequence[str]], None] = _run,
        show: Callable[[Told, Path], object] = show_page,
    ) -> None:
        """``folder``: where the page is kept."""
        self._folder, self._run, self._show, self._woken = folder, run, show, Event()

    def icon(self, told: Told) -> None:
        """There is none."""

    def notify(self, told: Told) -> None:
        scripted = [word for line in _SAY for word in ("-e", line)]
        self._run(["/usr/bin/osascript", *scripted, told.headline, "\n".join(lines(told, can_be_clicked=False))])

    def page(self, told: Told) -> None:
        self._show(told, self._folder)

    def wait(self) -> bool:
        self._woken.wait()
        self._woken.clear()
        return False

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        """Nothing is open."""
