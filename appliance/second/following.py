"""Say how this box is, and follow what the first one answers; alone, go by what was agreed last, for a while."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from appliance.gateways import heartbeat
from appliance.gateways.heartbeat import Answer
from appliance.provisioning.live_rules import FirewallError
from appliance.provisioning.network_states import NetworkState, write
from appliance.second import known as memory
from appliance.second.known import READS, Known, State
from appliance.second.networks_here import NetworksHere
from appliance.second.settings import FollowSettings
from detection.client import Client, NoAnswerError
from detection.enrolling import device_key
from detection.json_object import WireError, read_object
from detection.settings import SettingsError

logger = logging.getLogger("gatehouse.follow")
QUIET = timedelta(seconds=30)
"""One answer that does not come is nothing to speak of."""
REMEMBER = timedelta(minutes=1)
"""So often, at least, it is noted that the first box was heard of."""


@dataclass(slots=True)
class Following:
    settings: FollowSettings
    client: Client
    networks: NetworksHere
    clock: Callable[[], datetime]
    steady: Callable[[], float] = time.monotonic
    known: Known = field(default_factory=lambda: Known(because={}))
    _heard: float | None = None
    """On the steady clock: a wall clock that is set back makes nothing hold longer."""
    _begun: bool = False

    def round(self) -> None:
        """One heartbeat, and whatever follows from its answer or from none."""
        now = self.clock()
        if not self._begun:
            self.known, self._begun = memory.load(self.settings.state), True
            if self.known.state in READS and self._is_alone_too_long(now):
                # The firewall came up by what was agreed last: that ends now, not when no answer has come.
                self._read_nothing(State.TOO_LONG, now)
        try:
            answer = self.client.request("POST", "/gateway/heartbeat", self._said(now), "application/json")
            if answer.status == 401:
                self.client.reread_proof()  # it may have joined again: the next round shows what lies there
                self._refused(now)
            elif answer.status == 200:
                self._follow(heartbeat.read_answer(answer.body), now)
            else:
                self._alone(f"answer {answer.status}", now)
        except (NoAnswerError, WireError) as e:
            self._alone(str(e), now)

    def _said(self, now: datetime) -> bytes:
        named = [{"name": each.name, "kind": each.kind} for each in self.networks.box.network]
        said = {"version": 1, "sent_at": now.isoformat(), "networks": named, "status": _read(self.settings.status)}
        return json.dumps(said).encode()

    def _follow(self, answer: Answer, now: datetime) -> None:
        states = [
            NetworkState(
                name=each.name,
                kind=each.kind,
                reading=each.reading,
                paused_until=now + each.paused if each.paused else None,
            )
            for each in answer.networks
        ]
        if [(each.name, each.kind) for each in states] != [(n.name, n.kind) for n in self.networks.box.network]:
            raise WireError("networks: are not those that were asked for")
        self._stand(states, now)
        due = self.known.heard_at is None or abs(now - self.known.heard_at) >= REMEMBER
        because = {each.name: each.because for each in answer.networks}
        self._heard = self.steady()
        self._note(Known(state=State.FOLLOWING, heard_at=now, because=because), due or because != self.known.because)
        if answer.renew:
            self._renew()

    def _alone(self, why: str, now: datetime) -> None:
        if self.known.state not in READS:  # it has nothing to go by
            self._read_nothing(self.known.state, now, self.known.ended_at)
        elif self._is_alone_too_long(now):
            self._read_nothing(State.TOO_LONG, now)
        elif self._silent_for(now) >= QUIET:
            logger.debug("no answer: %s", why)
            self._note(self.known.moved(State.ALONE))

    def _is_alone_too_long(self, now: datetime) -> bool:
        return self._silent_for(now) > timedelta(hours=self.settings.alone_hours)

    def _silent_for(self, now: datetime) -> timedelta:
        wall = abs(now - self.known.heard_at) if self.known.heard_at else timedelta.max
        return max(wall, timedelta(seconds=self.steady() - self._heard)) if self._heard is not None else wall

    def _refused(self, now: datetime) -> None:
        ended_at = _end_of(self.settings.client_certificate)
        if ended_at and ended_at <= now:
            self._read_nothing(State.ENDED, now, ended_at)
        else:
            self._read_nothing(State.CUT_OFF, now)

    def _read_nothing(self, state: State, now: datetime, ended_at: datetime | None = None) -> None:
        self._stand(self.networks.least(), now)
        self._note(self.known.moved(state, ended_at))

    def _stand(self, states: "list[NetworkState] | tuple[NetworkState, ...]", now: datetime) -> None:
        try:
            if self.networks.stand(states, now):
                logger.warning("the networks stand: %s", ", ".join(f"{each.name} {each.reading}" for each in states))
        except (FirewallError, OSError) as e:
            logger.error("the firewall does not follow, and is told again: %s", e)

    def _note(self, known: Known, due: bool = False) -> None:
        moved = known.state is not self.known.state
        self.known = known
        if moved:
            alone = timedelta(hours=self.settings.alone_hours)
            logger.warning("%s", memory.in_words(known, self.settings.appliance_url, alone))
        if moved or due:
            memory.save(self.settings.state, known)

    def _renew(self) -> None:
        """Whatever goes wrong, the old one holds, and with the next answer it is tried again."""
        try:
            key = self.settings.client_key.read_bytes()
            said = {"version": 1, "csr": device_key.request(key, "gateway")}
            answer = self.client.request("POST", "/agent/certificate", json.dumps(said).encode(), "application/json")
            certificate = read_object(answer.body).text("certificate")
            if not device_key.belongs(key, certificate):
                raise WireError("certificate: is not for the key of this box")
            write(self.settings.client_certificate, certificate)
            self.client.reread_certificate()
            logger.warning("the certificate was renewed")
        except (NoAnswerError, WireError, SettingsError, OSError) as e:
            logger.error("the certificate is not renewed: %s", e)


def _read(status: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(status.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _end_of(certificate: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(device_key.life_of(certificate.read_text("utf-8"))[1])
    except (OSError, ValueError):
        return None
