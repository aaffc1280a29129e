"""The caged browser as seen from outside: started when needed, asked, timed, and gone without trace when killed."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import BinaryIO, cast

from images.confinement import PYTHON, command
from images.orders import FrameError, Order, Shot, read_shot, write_order
from images.settings import RendererSettings

START_SECONDS = 30.0


class CageError(Exception):
    """The browser did not answer; the message says why, to follow the words "the browser"."""


class CageTimeout(CageError):
    """It was given its time and killed."""


class _Child:
    """One run of the browser's process."""

    def __init__(self, command_line: list[str]) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by kill
        self.process = subprocess.Popen(
            command_line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
        )
        self.orders = cast(BinaryIO, self.process.stdin)
        self.answers = cast(BinaryIO, self.process.stdout)

    def kill(self) -> None:
        """bubblewrap takes everything in its process namespace with it."""
        self.process.kill()
        for stream in (self.orders, self.answers, self._complaints):
            with suppress(OSError):  # closing flushes what a dead process will never read
                stream.close()
        self.process.wait()

    def complaint(self) -> str:
        """What it said last on its standard error; it is silent once it has started."""
        self._complaints.seek(0)
        lines = self._complaints.read(2**16).decode("utf-8", "replace").splitlines()
        return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")


class Cage:
    """One browser at a time. After any CageError the next order gets a new one.

    The kernel ends the cage with the thread that started it: keep it in a thread that lasts.
    """

    def __init__(self, settings: RendererSettings) -> None:
        self._settings = settings
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        return self._child.process.pid if self._child else None

    def ask(self, order: Order) -> Shot:
        """Have ``order`` drawn within the settings' seconds, or raise CageError."""
        child = self._running()
        with self._at_most(self._settings.seconds, child):
            write_order(child.orders, order)
            shot = read_shot(child.answers)
        if shot.png and not shot.error:
            return shot
        self.kill()
        if shot.error == "TimeoutError":
            raise CageTimeout("took too long")
        raise CageError(f"gave up ({shot.error or 'no picture'})")

    def kill(self) -> None:
        """Remove the cage and everything in it. Safe to repeat."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _running(self) -> _Child:
        if self._child is not None and self._child.process.poll() is None:
            return self._child
        self.kill()
        return self._start()

    def _start(self) -> _Child:
        s = self._settings
        arguments = (s.chromium, str(s.width), str(s.height), str(s.seconds), str(s.memory_mib))
        try:
            self._child = child = _Child(command(s.user, (*PYTHON, "-m", "images.browser", *arguments)))
        except (OSError, LookupError) as e:
            raise CageError(f"cannot be started: {e}") from e
        with self._at_most(START_SECONDS, child):
            read_shot(child.answers)
        return child

    @contextmanager
    def _at_most(self, seconds: float, child: _Child) -> Iterator[None]:
        """Killing the cage is what ends a read or write that hangs."""
        late = Event()

        def end() -> None:
            late.set()
            child.process.kill()

        timer = Timer(seconds, end)
        timer.start()
        try:
            yield
        except (FrameError, OSError) as e:
            complaint = child.complaint()
            self.kill()
            if late.is_set():
                raise CageTimeout("took too long") from e
            raise CageError(f"stopped: {complaint}" if complaint else "stopped") from e
        finally:
            timer.cancel()
