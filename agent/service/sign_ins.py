"""Keep in the journal who signed in and out, and start a session for each who is at the screen."""

import logging
import subprocess
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from agent.service.journal import Journal, SignIn
from agent.service.logins import Login, Logins, is_local, uid_of
from detection.repeating import Repeating

log = logging.getLogger(__name__)
LOOK_AGAIN = 30.0
"""Seconds after which the system is asked again, told or not."""


class SignIns:
    """``start_session`` is called for each who came, ``stop_session`` for whoever left; ``changed`` when the journal
    says something new."""

    def __init__(
        self,
        journal: Journal,
        logins: Logins,
        clock: Callable[[], datetime],
        *,
        start_session: Callable[[int], None] = lambda _: None,
        stop_session: Callable[[int], None] = lambda _: None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._journal, self._logins, self._clock = journal, logins, clock
        self._start_session, self._stop_session, self._changed = start_session, stop_session, changed
        self._present: dict[str, Login] = {}
        self._lock = Lock()
        self._looking = Repeating("sign-ins", self._turn)

    @property
    def accounts(self) -> frozenset[str]:
        """Of whoever is signed in now."""
        return frozenset(login.account for login in tuple(self._present.values()))

    def start(self) -> None:
        self._logins.start(self._looking.wake)
        self._looking.start()

    def stop(self, timeout: float) -> bool:
        self._logins.stop()
        return self._looking.stop(timeout)

    def refresh(self) -> None:
        """Ask the system once; who lasted in the journal and is gone went while nobody looked."""
        try:
            present = {login.id: login for login in self._logins.now() if login.account}
        except OSError as e:
            log.warning("who is signed in is not known: %s", e)
            return
        with self._lock:
            self._take(present)

    def _take(self, present: dict[str, Login]) -> None:
        accounts = {each.id: each.account for each in self._journal.sign_ins() if each.until is None}
        lasting = accounts.keys()
        for id in lasting - present.keys():
            self._journal.end(id, self._clock())
        for id in present.keys() - lasting:
            login = present[id]
            local = is_local(login.account)
            self._journal.begin(SignIn(id=id, account=login.account, since=login.since, local=local))
        for id in present.keys() - self._present.keys():
            self._start_session(present[id].uid)
        self._end({accounts[id] for id in lasting - present.keys()} - {each.account for each in present.values()})
        self._present = present
        if lasting != present.keys():
            self._changed()

    def _end(self, accounts: set[str]) -> None:
        """The sessions of those who are at no screen any more, also if they went while the service was away."""
        known = {login.account: login.uid for login in self._present.values()}
        for account in accounts:
            if (uid := known.get(account, uid_of(account))) is not None:
                self._stop_session(uid)

    def _turn(self) -> float:
        self.refresh()
        return LOOK_AGAIN


def unit_order(unit: str, order: str) -> Callable[[int], None]:
    """``unit`` with the account's number in it is started or stopped; in between it restarts by itself."""

    def give(uid: int) -> None:
        command = ["systemctl", "--no-ask-password", "--no-block", order, unit.format(uid=uid)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired) as e:
            log.error("the session of uid %d is not to %s: %s", uid, order, e)
            return
        if done.returncode:
            log.error("the session of uid %d is not to %s: %s", uid, order, done.stderr.strip())

    return give
