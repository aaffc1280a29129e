"""A desktop that is asked three times a second while somebody uses it, and hardly ever while nobody does."""

import logging
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from threading import Thread
from typing import TypeVar

from agent.polling.screen import Focus, Screen
from agent.session.desktop import Activated, Event, Focused, Redrawn, Rewritten, Stood, Tell, Window

EVERY = 0.3
"""Seconds. With the session's own 0.7 what is typed is said within a second."""
SELDOM, AFTER = 2.0, 5.0
"""Seconds between two looks once nothing was touched for ``AFTER``."""
PATIENCE = 3.0
Answer = TypeVar("Answer")
_log = logging.getLogger("agent")


class PolledDesktop:
    """Whatever is asked of the screen is asked on one thread: the systems' objects belong to the one that made them."""

    def __init__(self, screen: Screen, *, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen, self._every, self._clock = screen, every, clock
        self._requests: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._opened = Future[None]()
        self._tell: Tell = _nobody
        self._window: Window | None = None
        self._focus: Focus | None = None
        self._looked = -float("inf")
        self._thread = Thread(target=self._run, name="screen", daemon=True)

    def begin(self, tell: Tell) -> None:
        self._tell = tell
        self._thread.start()
        self._opened.result()

    def end(self) -> None:
        self._tell = _nobody
        self._requests.put(None)
        self._thread.join(PATIENCE)

    def active(self) -> Window | None:
        return self._ask(self._screen.window, None)

    def texts(self, window: Window) -> Sequence[str]:
        return self._ask(lambda: self._screen.texts(window), ())

    def picture(self, window: Window) -> bytes:
        return self._ask(lambda: self._of_active(window), b"")

    def unseen(self) -> Sequence[str]:
        return self._ask(self._screen.unseen, ())

    def _of_active(self, window: Window) -> bytes:
        now = self._screen.window()
        return self._screen.picture(window) if now and now.key == window.key else b""

    def _ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        if not self._thread.is_alive():
            return otherwise
        answer = Future[Answer]()

        def request() -> None:
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(question())
                except Exception as e:  # noqa: BLE001  # a window may go away under every question
                    _log.info("a question to the screen failed: %s", type(e).__name__)
                    answer.set_result(otherwise)

        self._requests.put(request)
        try:
            return answer.result(PATIENCE)
        except TooLate:
            answer.cancel()
            return otherwise

    def _run(self) -> None:
        try:
            self._screen.open()
        except Exception as e:  # noqa: BLE001  # whoever began it is told
            self._opened.set_exception(e if isinstance(e, OSError) else OSError(f"no screen: {type(e).__name__}"))
            return
        self._opened.set_result(None)
        try:
            while self._turn():
                pass
        finally:
            self._screen.close()

    def _turn(self) -> bool:
        """Answers one question, or looks when it is time; False at the end."""
        try:
            request = self._requests.get(timeout=max(0.0, self._looked + self._every - self._clock()))
        except queue.Empty:
            self._looked = self._clock()
            try:
                self._look()
            except Exception as e:  # noqa: BLE001  # the next look may go well
                _log.info("a look at the screen failed: %s", type(e).__name__)
            return True
        if request:
            request()
        return request is not None

    def _look(self) -> None:
        if self._screen.idle() > AFTER:
            self._looked += SELDOM - self._every
        window = self._screen.window()
        if window != self._window:
            self._window = window
            self._tell(Activated(window=window))
        focus = self._screen.focus(window) if window else None
        for event in changes(self._focus, focus):
            self._tell(event)
        self._focus = focus
        if window:
            self._tell(Redrawn(window=window))


def changes(before: Focus | None, now: Focus | None) -> Sequence[Event]:
    """Of a secure field that it has the focus, and nothing else."""
    told = list[Event]()
    same = before is not None and now is not None and before.field.key == now.field.key
    if not same and (before or now):
        told.append(Focused(field=now.field if now else None))
    if now is None or now.field.is_secure or now.text is None:
        return told
    if not same or before is None or before.text is None or before.field.is_secure:
        told.append(Stood(field=now.field, text=now.text))
    elif before.text != now.text:
        told.append(Rewritten(field=now.field, text=now.text))
    return told


def _nobody(event: Event) -> None:
    pass
