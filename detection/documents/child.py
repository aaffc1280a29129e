"""The process that reads documents as seen from outside: started when needed, asked, timed, and replaced."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from detection.child_python import child_python
from detection.documents.contents import MOST_TEXT, Contents, Shortfall
from detection.documents.frames import FrameError, read_frame, write_frame

SECONDS = 10.0
START_SECONDS = 30.0
MOST_DOCUMENTS = 200
"""Then it is replaced: what leaks leaks no further."""
COMMAND = child_python("detection.documents.worker", "lxml")
"""Nothing of the environment, the working folder or the user's own packages decides what is run."""
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_OUT_OF_TIME: int | None = None
"""What a process ends with that the kernel ended for its seconds."""
if sys.platform == "win32":
    _ENVIRONMENT["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")  # without it no Python starts
else:
    _OUT_OF_TIME = -signal.SIGXCPU
_LONGEST_WORD, _LONGEST_TEXT = 64, 4 * MOST_TEXT
_WORN_OUT = frozenset({Shortfall.LARGE, Shortfall.TIMEOUT})
"""After such a document its memory is not what it was."""


class Child:
    """One process at a time, one document at a time; from any thread. Never raises for what a document does."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        most_documents: int = MOST_DOCUMENTS,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """A document has ``seconds`` until the process is killed, and three fifths of them to end by itself."""
        self._seconds, self._most, self._command = seconds, most_documents, command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def read(self, body: bytes) -> Contents:
        """Blocks, at most for the seconds one document has, and those of a start."""
        with self._lock:
            late = threading.Event()
            try:
                process = self._running(late)
                with self._at_most(self._seconds, process, late):
                    contents = _ask(process, body)
            except (FrameError, OSError, ValueError):
                out_of_time = self._kill() == _OUT_OF_TIME or late.is_set()
                return Contents(shortfall=Shortfall.TIMEOUT if out_of_time else Shortfall.CRASHED)
            self._count += 1
            if contents.shortfall in _WORN_OUT or self._count >= self._most:
                self._kill()
            return contents

    def close(self) -> None:
        """For good. What is being read meanwhile counts as crashed."""
        self._closed = True
        if process := self._process:
            process.kill()
        with self._lock:
            self._kill()

    def _running(self, late: threading.Event) -> "subprocess.Popen[bytes]":
        if self._closed:
            raise FrameError("closed")
        if self._process and self._process.poll() is None:
            return self._process
        self._kill()
        # Without preexec_fn Python need not copy the gateway's whole process first; the child limits itself.
        self._process = process = subprocess.Popen(
            [*self._command, str(self._seconds * 0.6)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT,
            start_new_session=True,  # a terminal's Ctrl-C is the gateway's to hear
        )
        with self._at_most(START_SECONDS, process, late):
            read_frame(cast(BinaryIO, process.stdout), _LONGEST_WORD)
        return process

    def _kill(self) -> int:
        """What ended it, as for ``Popen.returncode``."""
        process, self._process, self._count = self._process, None, 0
        if process is None:
            return 0
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # closing flushes what a dead process will never read
                cast(BinaryIO, stream).close()
        return process.wait()

    @contextmanager
    def _at_most(self, seconds: float, process: "subprocess.Popen[bytes]", late: threading.Event) -> Iterator[None]:
        """Killing the process is what ends a read or a write that hangs."""

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _ask(process: "subprocess.Popen[bytes]", body: bytes) -> Contents:
    """ValueError where the answer is none. It is nothing but text: whatever reads a hostile file may be hostile too."""
    write_frame(cast(BinaryIO, process.stdin), body)
    answers = cast(BinaryIO, process.stdout)
    word = read_frame(answers, _LONGEST_WORD).decode("ascii")
    text = read_frame(answers, _LONGEST_TEXT).decode("utf-8", "replace")
    return Contents(text=text[:MOST_TEXT], shortfall=Shortfall(word) if word else None)
