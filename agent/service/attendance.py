"""Who is told that a session came or went: what notes gaps, and, where no system says who is signed in, what does."""

from agent.service.connected_logins import ConnectedLogins
from agent.service.gaps import Gaps


class Attendance:
    """``logins``: where whoever is connected is taken to be signed in; then a session that ends leaves no gap, for its
    person has left with it."""

    def __init__(self, gaps: Gaps, logins: ConnectedLogins | None) -> None:
        self._gaps, self._logins = gaps, logins

    def came(self, uid: int, account: str) -> None:
        if self._logins:
            self._logins.came(uid, account)
        self._gaps.came(account)

    def went(self, uid: int, account: str) -> None:
        self._gaps.went(account)
        if self._logins:
            self._logins.went(uid, account)
