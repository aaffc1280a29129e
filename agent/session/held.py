"""Tells the system again and again that the session is not held still: whoever holds it has it started anew."""

from threading import Event, Thread

from detection.service_manager import READY, Watched, say


class NotHeld:
    """A thread of its own: what the session waits for must not pass for being held. Where nobody watches, none."""

    def __init__(self, watched: Watched) -> None:
        self._watched, self._ended = watched, Event()
        self._thread = Thread(target=self._run, name="not-held", daemon=True)

    def begin(self) -> None:
        say(READY)
        if self._watched.every:
            self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(5)

    def _run(self) -> None:
        self._watched.turned()
        while not self._ended.wait(self._watched.every):
            self._watched.turned()
