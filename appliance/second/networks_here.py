"""Let this box's firewall and gateway follow how its networks stand; unchanged they are left alone."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from appliance.provisioning import following, live_rules, network_states
from appliance.provisioning.box import Box
from appliance.provisioning.network_states import NetworkState
from detection import settings

SLACK = timedelta(seconds=15)
"""By which the end of a pause may seem to move, for it is told as what is left of it."""


def reload_gateway() -> None:
    """Its workers take their settings up. By signal: to be told by systemd this program has too few rights."""
    shown = ("systemctl", "show", "--property=MainPID", "--value", "gatehouse-gateway.service")
    said = subprocess.run(shown, capture_output=True, text=True, check=False).stdout.strip()
    if said.isdigit() and int(said) > 1:
        os.kill(int(said), signal.SIGHUP)


@dataclass(slots=True)
class NetworksHere:
    box_file: Path
    reload: Callable[[], None] = reload_gateway
    _applied: tuple[NetworkState, ...] | None = None

    @property
    def box(self) -> Box:
        """As it is now: provisioning may change it at any time."""
        return settings.load(self.box_file, Box)

    @property
    def file(self) -> Path:
        return self.box_file.with_name(network_states.FILE.name)

    def stand(self, states: Sequence[NetworkState], now: datetime) -> bool:
        """Whether anything was changed. FirewallError, SettingsError or OSError: it is to be tried again."""
        box, wanted = self.box, tuple(states)
        if self._applied is not None and _same(self._applied, wanted):
            return False
        network_states.write(self.file, network_states.text(wanted))
        live_rules.apply(_commands(box, wanted, now))
        self._applied = wanted
        following.follow(self.file.parent, box, wanted, self.reload)
        return True

    def least(self) -> tuple[NetworkState, ...]:
        """Nothing is read, and of nobody's own device more than names."""
        return tuple(network_states.least(each.name, each.kind) for each in self.box.network)


def _commands(box: Box, states: Sequence[NetworkState], now: datetime) -> str:
    """Pauses that were ended on the first box end here too."""
    cards = {each.name: each for each in box.network}
    ended = [cards[each.name] for each in states if each.paused_until is None]
    return live_rules.all_of(box, states, now) + "".join(map(live_rules.resume, ended))


def _same(one: Sequence[NetworkState], other: Sequence[NetworkState]) -> bool:
    plain = [[(each.name, each.kind, each.reading) for each in states] for states in (one, other)]
    return plain[0] == plain[1] and all(
        (a.paused_until is None) == (b.paused_until is None)
        and (a.paused_until is None or b.paused_until is None or abs(a.paused_until - b.paused_until) <= SLACK)
        for a, b in zip(one, other, strict=True)
    )
