"""Who is signed in at a Mac's screen: macOS gives them the console."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from uuid import uuid4

from agent.service.logins import Login, account_of

CONSOLE = "/dev/console"
NOBODY = 0
"""Root has it while the sign-in window is shown."""


def console_owner() -> int:
    return os.stat(CONSOLE).st_uid


class ConsoleLogins:
    """Whoever is switched away from is not at the screen, and is another sign-in when they are back."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        owner: Callable[[], int] = console_owner,
        named: Callable[[int], str] = account_of,
    ) -> None:
        self._clock, self._owner, self._named = clock, owner, named
        self._last: Login | None = None
        self._lock = Lock()

    def start(self, changed: Callable[[], None]) -> None:
        """Nothing of macOS' tells of a change without a loop of its own: it is asked again by whoever wants to know."""

    def now(self) -> Iterable[Login]:
        with self._lock:
            uid = self._owner()
            if uid == NOBODY:
                self._last = None
            elif self._last is None or self._last.uid != uid:
                self._last = Login(id=uuid4().hex, uid=uid, account=self._named(uid), since=self._clock())
            return (self._last,) if self._last else ()

    def stop(self) -> None:
        """Nothing watches."""
