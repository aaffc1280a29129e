"""Who is signed in on Windows, in a form the service keeps: each session with somebody in it is a sign-in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from uuid import uuid4

from agent.service.logins import Login
from agent.windows.account import AccountOf, number_of

InSession = tuple[int, str]
"""A session's number, and the SID of who is in it."""


class WindowsLogins:
    """Windows gives a session's number to somebody else once it is over, so each is known by an id of ours."""

    def __init__(
        self, signed_in: Callable[[], Sequence[InSession]], named: AccountOf, clock: Callable[[], datetime]
    ) -> None:
        self._signed_in, self._named, self._clock = signed_in, named, clock
        self._known = dict[InSession, Login]()
        self._lock = Lock()
        self._changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def now(self) -> Iterable[Login]:
        with self._lock:
            there = self._signed_in()
            self._known = {each: self._known.get(each) or self._login(each[1]) for each in there}
            return tuple(self._known.values())

    def stop(self) -> None:
        """Nothing watches."""

    def session_changed(self) -> None:
        """Windows told the service so."""
        self._changed()

    def _login(self, sid: str) -> Login:
        return Login(id=uuid4().hex, uid=number_of(sid), account=self._named(sid), since=self._clock())
