"""What this device says of itself once a minute, always as long, and what it learns from the answer."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.holding import Address
from agent.service.accounts import Accounts
from agent.service.journal import Event as Happening
from agent.service.journal import Journal, SignIn
from agent.service.policy_kept import PolicyKept
from agent.service.school_clock import SchoolClock
from agent.service.whereabouts import Whereabouts
from agent.version import VERSION
from detection.client import Client, NoAnswerError
from detection.json_object import JsonObject, WireError, read_object
from detection.repeating import Repeating

log = logging.getLogger(__name__)
STEP = 4096
MOST_EVENTS = 1000
"""At a time; what is more goes with the next one."""
REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How the device is, as far as the appliance may know."""

    engine_version: str
    library_version: str
    model_version: str
    system: str
    waiting: int
    set_aside: int
    dropped: int
    oldest_waiting: datetime | None
    last_detection_at: datetime | None
    health: tuple[str, ...]


class Heartbeats:
    """``condition`` is asked each time; ``changed`` is called after an answer, of whatever kind."""

    def __init__(
        self,
        client: Client,
        journal: Journal,
        accounts: Accounts,
        policy: PolicyKept,
        whereabouts: Whereabouts,
        school_clock: SchoolClock,
        condition: Callable[[], Condition],
        *,
        renew: Callable[[bool], object],
        changed: Callable[[], None],
        clock: Callable[[], datetime],
        every: float = 60.0,
    ) -> None:
        self._client, self._journal, self._accounts = client, journal, accounts
        self._policy, self._whereabouts, self._condition = policy, whereabouts, condition
        self._school_clock = school_clock
        self._renew, self._changed, self._clock, self._every = renew, changed, clock, every
        self._beating = Repeating("heartbeats", self._turn)
        self.error = "the appliance has not been reached yet"
        """Empty after an answer."""
        self.answered_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self._beating.running

    @property
    def revoked(self) -> bool:
        """Known over a restart, too."""
        return self._journal.marked(REVOKED) != ""

    @property
    def connection(self) -> str:
        """Whether the appliance answers, as a person is told."""
        if not self.error:
            return "connected"
        at = self.answered_at
        return f"not reached since {at:%Y-%m-%d %H:%M} UTC" if at else "not reached since the start"

    def start(self) -> None:
        self._beating.start()

    def stop(self, timeout: float) -> bool:
        return self._beating.stop(timeout)

    def wake(self) -> None:
        """Something happened that the appliance should know at once."""
        self._beating.wake()

    def beat(self) -> None:
        """Once. Whatever goes wrong, what is known stays in force and what happened stays in the journal."""
        try:
            self._beat()
        except (NoAnswerError, WireError, OSError) as e:
            self.error = str(e)
            log.warning("no heartbeat: %s", e)
        self._changed()

    def _turn(self) -> float:
        self.beat()
        return self._every

    def _beat(self) -> None:
        events, sign_ins = self._journal.events()[:MOST_EVENTS], self._journal.sign_ins()
        addresses = self._whereabouts.addresses()
        said = self._said(events, sign_ins, addresses)
        answer = self._client.request("POST", "/agent/heartbeat", padded(said), "application/json")
        if answer.status == 401:
            self._journal.mark(REVOKED, self._journal.marked(REVOKED) or self._clock().isoformat())
        if answer.status != 200:
            raise WireError(f"answer {answer.status}")
        self._journal.answered(events, sign_ins)
        if self.revoked:
            self._journal.mark(REVOKED, "")
        self._learn(read_object(answer.body), addresses)
        self.error, self.answered_at = "", self._clock()

    def _learn(self, answer: JsonObject, addresses: frozenset[Address]) -> None:
        self._school_clock.told(answer.time("now"))
        self._accounts.learn(answer.part("accounts"))
        self._whereabouts.told(answer.truth("on_site"), addresses)
        self._policy.follow(answer.text("policy"))
        self._renew(answer.truth("renew"))

    def _said(
        self, events: Sequence[Happening], sign_ins: Sequence[SignIn], addresses: frozenset[Address]
    ) -> dict[str, Any]:
        found = self._condition()
        return {
            "version": 1,
            "sent_at": self._clock().isoformat(),
            "agent_version": VERSION,
            "engine_version": found.engine_version,
            "library_version": found.library_version,
            "model_version": found.model_version,
            "policy_version": self._policy.version,
            "system": found.system,
            "outbox": {
                "waiting": found.waiting,
                "set_aside": found.set_aside,
                "dropped": found.dropped,
                "oldest_waiting": _time(found.oldest_waiting),
            },
            "last_detection_at": _time(found.last_detection_at),
            "health": list(found.health),
            "addresses": sorted(map(str, addresses)),
            "sign_ins": [_sign_in(each) for each in sign_ins],
            "events": [_event(each) for each in events],
        }


def padded(said: dict[str, Any]) -> bytes:
    """To a multiple of so many bytes, whatever is said."""
    bare = len(json.dumps(said | {"padding": ""}))
    return json.dumps(said | {"padding": "." * (-bare % STEP)}).encode()


def _sign_in(each: SignIn) -> dict[str, Any]:
    return {
        "id": each.id,
        "account": each.account,
        "since": _time(each.since),
        "until": _time(each.until),
        "local": each.local,
    }


def _event(each: Happening) -> dict[str, Any]:
    return {
        "id": each.id,
        "at": _time(each.at),
        "until": _time(each.until),
        "kind": each.kind,
        "account": each.account,
        "said": each.said,
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
