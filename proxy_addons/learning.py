"""Learn which apps will not be read, from how their handshakes end, and say which of their connections then pass."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mitmproxy.tls import ClientHello

from detection.unopened.never_automatic import what_is
from proxy_addons.client_class import client_class
from proxy_addons.live_lists import LiveLists
from proxy_addons.refusal_judgement import LIFE, PER_DAY, SITES, Evidence, Why, judge
from proxy_addons.refusal_store import AUTOMATIC, Event, Pass, RefusalStore, Refused
from proxy_addons.registered_site import site

logger = logging.getLogger("gateway")
FORGETTING = timedelta(minutes=10)
"""How often what is too old is looked for, which goes through the whole file."""
MOST_WAITING = 20_000
"""Events between two looks at the disk; more come only if somebody makes them."""
MOST_TOLD = 50_000
SHOWN = 200
"""Hosts in the status at most; `gatehouse bypass proposals` shows all."""


@dataclass(frozen=True, slots=True)
class Proposal:
    refused: Refused
    why: Why


class Learning:
    def __init__(
        self,
        file: Path,
        lists: LiveLists,
        *,
        automatic: bool = True,
        listed: Callable[[str], bool] = lambda host: False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``automatic``: whether anything passes without a person. ``listed``: hosts that are opened whatever comes."""
        self._file, self._lists, self._automatic, self._listed, self._now = file, lists, automatic, listed, now
        self._lock = threading.Lock()
        self._waiting: list[Event] = []
        self._told: set[Event] = set()
        self._told_on = now().date()
        self._passes: dict[str, dict[str, Pass]] = {}
        """By host and kind of client."""
        self._proposals: tuple[Proposal, ...] = ()
        self._forgot_at: datetime | None = None

    def add(self, event: Event) -> None:
        """On the event loop: nothing touches the disk here. What was accepted today need not be said again."""
        with self._lock:
            if event.accepted:
                if event in self._told:
                    return
                self._told.add(event)
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(event)

    def reason(self, host: str, hello: ClientHello) -> str | None:
        """Why who greets so passes unread to ``host``. A list that says anything of the host goes before."""
        by_client = self._passes.get(host.rstrip(".").lower())
        found = by_client.get(client_class(hello)) if by_client else None
        if found is None or not found.counts(self._now()) or self._listed(host) or self._lists.decision(host):
            return None
        return "learned"

    def refresh(self) -> None:
        """Off the event loop: what has come in goes to the disk and is judged, and what passes now is taken up."""
        now = self._now()
        with self._lock:
            events, self._waiting = self._waiting, []
            if now.date() != self._told_on or len(self._told) > MOST_TOLD:
                self._told, self._told_on = set(), now.date()
        try:
            with RefusalStore.open(self._file) as store:
                if self._forgot_at is None or not timedelta() <= now - self._forgot_at < FORGETTING:
                    store.forget(now)
                    self._forgot_at = now
                store.add(events, now)
                self._proposals = self._judge(store, now)
                passes = store.passes()
        except sqlite3.DatabaseError as e:
            if isinstance(e, sqlite3.OperationalError):
                raise  # a full disk, or one that does not answer
            self._put_aside()
            raise
        by_host: dict[str, dict[str, Pass]] = {}
        for each in passes:
            by_host.setdefault(each.host, {})[each.client] = each
        self._passes = by_host

    def _judge(self, store: RefusalStore, now: datetime) -> tuple[Proposal, ...]:
        """Lets pass what may, and gives back what a person must decide."""
        known = store.passes()
        begun = sum(each.since > now - timedelta(days=1) for each in known)
        refused = self._unaccepted(store)
        sites, proposals = _sites(refused), []
        self._end_for_lack_of_root(store, known, sites)
        for each in self._undecided(refused, known):
            verdict = judge(self._evidence(each, sites[each.client]), begun)
            if verdict.passes:
                begun += 1
                store.put(Pass(client=each.client, host=each.host, state=AUTOMATIC, since=now, until=now + LIFE))
                logger.warning("a host that %d devices refuse passes unread for one kind of client", each.devices)
            elif verdict.why:
                proposals.append(Proposal(each, verdict.why))
        return tuple(proposals)

    def proposals(self, store: RefusalStore) -> tuple[Proposal, ...]:
        """What a person may decide now; changes nothing."""
        refused = self._unaccepted(store)
        sites = _sites(refused)
        judged = [
            (each, judge(self._evidence(each, sites[each.client]), PER_DAY))
            for each in self._undecided(refused, store.passes())
        ]
        return tuple(Proposal(each, verdict.why) for each, verdict in judged if verdict.why)

    def _unaccepted(self, store: RefusalStore) -> list[Refused]:
        return [each for each in store.refused() if not store.accepted(each.client, each.host)]

    def _undecided(self, refused: Iterable[Refused], known: Iterable[Pass]) -> list[Refused]:
        decided = {(each.client, each.host) for each in known}
        return [e for e in refused if (e.client, e.host) not in decided and not self._listed(e.host)]

    def _evidence(self, each: Refused, sites: set[str]) -> Evidence:
        return Evidence(
            devices=each.devices,
            refusals=each.refusals,
            accepted=False,
            sites=len(sites),
            spoken=what_is(each.host) is not None,
            decided=self._lists.decision(each.host) is not None,
            allowed=self._automatic,
        )

    def _end_for_lack_of_root(self, store: RefusalStore, known: Iterable[Pass], sites: dict[str, set[str]]) -> None:
        """What looked like pinning at the first hosts may turn out to be a kind of client without the certificate."""
        for each in known:
            refused = len(sites.get(each.client, ()))
            if each.state == AUTOMATIC and refused > SITES and not store.accepted(each.client):
                store.end(each.client, each.host)

    def _put_aside(self) -> None:
        """A file that is no database any more: what was learned is lost, and learned again."""
        for name in ("", "-wal", "-shm"):
            old = self._file.with_name(self._file.name + name)
            if old.exists():
                old.replace(old.with_name(f"{old.name}.broken"))

    def status(self) -> dict[str, object]:
        """For the network manager: hosts and kinds of clients, nobody and no time of day.

        No numbers, which would be added up over workers that all say the same.
        """
        now = self._now()
        passes = [each for of_host in self._passes.values() for each in of_host.values() if each.counts(now)]
        return {
            "day_is_full": any(each.why is Why.DAY_IS_FULL for each in self._proposals),
            "passes": [
                {
                    "host": each.host,
                    "client": each.client,
                    "state": each.state,
                    "until": each.until.date().isoformat() if each.until else None,
                }
                for each in passes[:SHOWN]
            ],
            "proposals": [
                {
                    "host": each.refused.host,
                    "client": each.refused.client,
                    "devices": each.refused.devices,
                    "why": str(each.why),
                }
                for each in self._proposals[:SHOWN]
            ],
        }


def _sites(refused: Iterable[Refused]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in refused:
        found.setdefault(each.client, set()).add(site(each.host))
    return found
