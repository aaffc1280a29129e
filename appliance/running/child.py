"""One program of ours as a child process, with its output in a file."""

import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

TAIL = 12
"""Lines of a log that are shown when its program ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    name: str
    command: tuple[str, ...]
    log: Path
    ready: str
    """How a line of its begins once it serves, as a regular expression."""


class Child:
    """From its start on; the process may have ended since."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.log.parent.mkdir(parents=True, exist_ok=True)
        self._said_before = program.log.stat().st_size if program.log.exists() else 0
        with program.log.open("ab") as log:
            # A group of its own: Ctrl-C at the terminal is for the supervisor, which stops the programs in order.
            self._process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.poll()

    @property
    def said(self) -> str:
        """All it has said since its start."""
        with self.program.log.open("rb") as log:
            log.seek(self._said_before)
            return log.read().decode("utf-8", "replace")

    @property
    def is_ready(self) -> bool:
        return re.search(f"^(?:{self.program.ready})", self.said, re.MULTILINE) is not None

    @property
    def tail(self) -> str:
        return "\n".join(f"    {line}" for line in self.said.splitlines()[-TAIL:])

    def stop(self, patience: float) -> bool:
        """Ask it to end, and end it if it will not within ``patience`` seconds. Whether asking was enough."""
        if self.status is None:
            self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._end_group()
            self._process.wait()
            return False
        return True

    def _end_group(self) -> None:
        """The program with what it has started; the group bears the id of a child we have not yet waited for."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
