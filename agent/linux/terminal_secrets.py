"""Whether what is typed in a terminal is a secret, as far as that can be known from outside.

A terminal window shows no sign of it. But the line between terminal and program (a pty) is open to its owner: a
program that asks for a password switches off that line's echo and still reads whole lines. A shell that edits its
command line, or an editor, switches off both. What runs on another machine, or in a multiplexer, cannot be known and
counts as secret.
"""

import os
import termios
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_ASKS = frozenset({"su", "sudo", "doas", "passwd", "pkexec", "gpg", "pinentry", "pinentry-curses", "login"})
_ELSEWHERE = frozenset({"ssh", "mosh-client", "telnet", "sftp", "tmux", "tmux: client", "screen", "docker", "kubectl"})
_HOLDS = 2.0
"""Seconds for which it is known which lines a terminal has: to look for them takes milliseconds, and keys are many."""
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class _Program:
    parent: int
    line: int
    """Its device number; 0 without one."""
    foreground: int
    """The group of programs that reads from the line."""


class TerminalSecrets:
    def __init__(self, proc: Path = Path("/proc"), clock: Callable[[], float] = time.monotonic) -> None:
        self._proc, self._clock = proc, clock
        self._of: tuple[int, float] = (0, 0.0)
        self._lines: Mapping[int, int] = {}
        """A program on each line of the terminal looked at last."""

    def has_lines(self, terminal: int) -> bool:
        """Whether it is a terminal at all: whether programs that it started read from lines."""
        return bool(self._lines_of(terminal))

    def is_secret(self, terminal: int) -> bool:
        """``terminal``: the number of its program. Of several lines one is enough, for nobody knows which one shows."""
        return any(self._is_secret_line(line, number) for line, number in self._lines_of(terminal).items())

    def _lines_of(self, terminal: int) -> Mapping[int, int]:
        now = self._clock()
        if self._of[0] != terminal or now > self._of[1]:
            programs = {int(f.name): p for f in self._proc.iterdir() if f.name.isdigit() and (p := _read(f))}
            below = (n for n in programs if programs[n].line and _is_below(n, terminal, programs))
            own = programs[terminal].line if terminal in programs else 0
            self._lines = {programs[n].line: n for n in below if programs[n].line != own}
            self._of = terminal, now + _HOLDS
        return self._lines

    def _is_secret_line(self, line: int, number: int) -> bool:
        try:
            opened = os.open(_path(line), os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return True
        try:
            flags = termios.tcgetattr(opened)[3]
        except termios.error:
            return True
        finally:
            os.close(opened)
        return not flags & termios.ECHO and (bool(flags & termios.ICANON) or self._is_elsewhere(number))

    def _is_elsewhere(self, number: int) -> bool:
        """Whether what reads there takes its words to another place, or asks for secrets letter by letter."""
        program = _read(self._proc / str(number))
        try:
            name = (self._proc / str(program.foreground if program else 0) / "comm").read_text("utf-8", "replace")
        except OSError:
            return True
        return name.strip() in _ASKS | _ELSEWHERE


def _is_below(number: int, top: int, programs: Mapping[int, _Program]) -> bool:
    for _ in range(30):
        program = programs.get(number)
        if program is None:
            return False
        number = program.parent
        if number == top:
            return True
    return False


def _read(folder: Path) -> _Program | None:
    """After the name in brackets: state, parent, group, session, line, the line's foreground group."""
    try:
        with (folder / "stat").open("rb") as opened:
            fields = opened.read(_LONGEST).rpartition(b")")[2].split()
        return _Program(int(fields[1]), int(fields[4]), int(fields[5]))
    except (OSError, IndexError, ValueError):
        return None


def _path(line: int) -> str:
    return f"/dev/pts/{(line & 0xFF) | (line >> 12 & 0xFFF00)}"
