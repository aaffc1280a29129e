"""Where no system says who signed in: whoever's session is connected is taken to be."""

from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from uuid import uuid4

from agent.service.logins import Login


class ConnectedLogins:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock, self._lock = clock, Lock()
        self._logins: dict[int, Login] = {}
        self._connections: dict[int, int] = {}
        self._changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def now(self) -> Iterable[Login]:
        with self._lock:
            return tuple(self._logins.values())

    def stop(self) -> None:
        """Nothing watches."""

    def came(self, uid: int, account: str) -> None:
        with self._lock:
            self._connections[uid] = self._connections.get(uid, 0) + 1
            new = uid not in self._logins
            if new:
                self._logins[uid] = Login(id=uuid4().hex, uid=uid, account=account, since=self._clock())
        if new:
            self._changed()

    def went(self, uid: int, account: str) -> None:
        with self._lock:
            self._connections[uid] -= 1
            if self._connections[uid]:
                return
            del self._logins[uid]
        self._changed()
