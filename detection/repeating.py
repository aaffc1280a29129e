"""Do one thing again and again, on a thread of its own, until asked to stop."""

from collections.abc import Callable
from threading import Event, Thread


class Repeating:
    def __init__(self, name: str, turn: Callable[[], float], *, first: float = 0.0) -> None:
        """``turn`` does it once, and says for how many seconds it then rests; ``first``: before the first time."""
        self._turn, self._first = turn, first
        self._woken, self._stopping = Event(), Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Rest no longer. From any thread."""
        self._woken.set()

    def stop(self, timeout: float | None = None) -> bool:
        """Finish the turn under way and no more; whether that took no longer than ``timeout`` seconds."""
        self._stopping.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._woken.wait(self._first)
        while True:
            self._woken.clear()
            # Looked at only now: who stops wakes as well, and that must not be lost between the two.
            if self._stopping.is_set():
                return
            self._woken.wait(self._turn())
