"""Make a detection of a tunnel that the firewall saw, which the supervisor tells one of its workers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from detection.grading import Detection
from detection.observation import Channel, Direction, Observation
from proxy_addons.identify import Bindings
from proxy_addons.inspection import Inspection
from proxy_addons.watchdog import Watchdog

APP = "firewall"


class TunnelNews:
    """The worker knows who a device's address stands for, and has an outbox; the supervisor has neither."""

    def __init__(
        self,
        observe: Callable[[Observation], Detection | None],
        bindings: Bindings,
        inspection: Inspection,
        watchdog: Watchdog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._observe, self._bindings, self._now = observe, bindings, now
        self._inspection, self._watchdog = inspection, watchdog

    def tell(self, news: bytes) -> None:
        """``{"device": "192.0.2.10", "name": "wireguard"}``"""
        with self._watchdog.guard("tunnel"):
            told = json.loads(news)
            device, name = str(told["device"]), str(told["name"])
            self._inspection.submit(lambda: self._see(device, name), 0, "tunnel")

    def _see(self, device: str, name: str) -> None:
        now = self._now()
        observation = Observation(
            seen_at=now,
            reported_at=now,
            subject=self._bindings.subject_for(device, None, now),
            channel=Channel.TUNNEL,
            direction=Direction.SENT_BY_PAGE,
            app=APP,
            location="",
            conversation=name,
            text=name,
        )
        self._watchdog.flag(lambda: self._observe(observation))
