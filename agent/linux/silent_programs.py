"""Which programs' keys are read: those that tell nothing themselves, and in which a secret can be told from the rest.

A terminal's line says whether it asks for a secret. Of other programs (old toolkits, games) nothing says so: there only
what has more than one word is kept, and nothing at a window that asks for a password, in a browser, or over a locked
screen.
"""

import re
import time
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from agent.linux.terminal_secrets import TerminalSecrets
from agent.session.desktop import Window

_ASKS = re.compile(
    r"\b(pass(word|phrase|code)|pin|log[ -]?[io]n|sign[ -]?in|unlock|authenticat\w*|credentials?|kennwort|mot de passe|"
    r"contraseña|passwort|hasło|пароль)\b",
    re.IGNORECASE,
)
_BROWSERS = ("icudtl.dat", "omni.ja", "browser/omni.ja", "resources.pak", "libcef.so", "libxul.so")
"""Files that lie beside a program which shows pages, and so fields for passwords of which the server knows nothing."""


class Reading(Enum):
    NOTHING = auto()
    SPEAKS = auto()
    """Nothing, for the program tells itself what is typed."""
    TERMINAL = auto()
    SENTENCES = auto()
    """Only what has more than one word."""


_HOLDS = {Reading.SPEAKS: 10.0, Reading.NOTHING: 2.0, Reading.TERMINAL: 0.5, Reading.SENTENCES: 0.5}
"""Seconds for which it holds what a window is: to ask takes milliseconds, and keys are many."""


class SilentPrograms:
    def __init__(
        self,
        speaks: Callable[[Window], bool | None],
        is_covered: Callable[[], bool],
        secrets: TerminalSecrets,
        proc: Path = Path("/proc"),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``speaks``: whether the window's program tells of itself what is typed; None where that cannot be asked.

        ``is_covered``: whether something lies over the whole screen, as a lock does.
        """
        self._speaks, self._is_covered, self._secrets, self._proc = speaks, is_covered, secrets, proc
        self._clock = clock
        self._known: tuple[str, Reading, float] = ("", Reading.NOTHING, 0.0)

    def reading(self, window: Window) -> Reading:
        """What may be read of a key that is pressed now. A terminal's line is looked at for every key."""
        key, reading, until = self._known
        now = self._clock()
        if key != window.key or now > until:
            reading = self._looked_at(window)
            self._known = window.key, reading, now + _HOLDS[reading]
        if reading is Reading.TERMINAL and window.pid is not None and self._secrets.is_secret(window.pid):
            return Reading.NOTHING
        return reading

    def _looked_at(self, window: Window) -> Reading:
        if window.pid is None or self._is_covered():
            return Reading.NOTHING
        speaks = self._speaks(window)
        if speaks:
            return Reading.SPEAKS
        if self._secrets.has_lines(window.pid):
            return Reading.TERMINAL
        if speaks is None or _ASKS.search(window.title) or self._shows_pages(window.pid):
            return Reading.NOTHING
        return Reading.SENTENCES

    def _shows_pages(self, pid: int) -> bool:
        """Where it cannot be known, it does."""
        try:
            folder = (self._proc / str(pid) / "exe").readlink().parent
            return any((folder / name).exists() for name in _BROWSERS)
        except OSError:
            return True
