"""The status file of all workers together, in the form of one gateway's, with what the supervisor alone knows."""

import json
import os
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detection.private_file import replace_privately
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.crew import Crew
from proxy_addons.supervisor.firewall import Seen
from proxy_addons.supervisor.places import status_of
from proxy_addons.supervisor.summing import summed
from proxy_addons.supervisor.tunnels import tunnel_name

KEPT = 50
_OF_NOW = frozenset(
    {
        *("version", "at", "since", "pid", "sensor", "authority", "revocation"),
        *("pending_bytes", "recorder_bytes", "learned", "bad_certificates", "bypass_problem"),
    }
)
"""What a worker that has ended no longer says."""
_SENT = ("reported", "unreported", "in_memory", "without_evidence")
"""What a sensor counts from its start."""


class Report:
    """Counts only ever rise: what workers that have ended had counted stays in the sum."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._since = datetime.now(UTC)
        self._ended: dict[str, Any] = {}
        self._last: dict[int, tuple[int, Mapping[str, Any]]] = {}
        """By place: the worker's process, and what it last said."""
        self._events: deque[dict[str, str]] = deque(maxlen=KEPT)
        self._seen: Sequence[Seen] = ()
        self._counters: Mapping[str, int] = {}
        self._firewall_error = ""

    def happened(self, what: str) -> None:
        self._events.append({"at": datetime.now(UTC).isoformat(), "what": what})

    def of_the_firewall(self, error: str) -> None:
        """What is wrong with it; empty where nothing is."""
        self._firewall_error = error

    def firewall(self, counters: Mapping[str, int], seen: Iterable[Seen]) -> None:
        self._counters, self._seen = counters, sorted(seen, key=lambda each: -each.times)

    def write(self, crew: Crew, now: float) -> None:
        self._read(crew)
        reports = [report for _, report in self._last.values()]
        total = summed([*reports, *([self._ended] if self._ended else [])])
        total |= {"version": 1, "at": datetime.now(UTC).isoformat(), "since": self._since.isoformat()}
        total["pid"] = os.getpid()
        total["supervisor"] = {
            "fail": crew.settings.fail,
            "slots": len(crew.slots),
            "unmanned": [slot.number for slot in crew.slots if slot.worker is None],
            "deaths": crew.deaths,
            "leaving": len(crew.leaving),
            "firewall_error": self._firewall_error,
            "counters": dict(self._counters),
            "missed": sum(number for name, number in self._counters.items() if name.endswith("-missed")),
            "tunnels": [_fact(seen) for seen in self._seen][:1000],
            "workers": [
                {
                    "slot": slot.number,
                    "place": slot.worker.place,
                    "pid": slot.worker.pid,
                    "open": slot.worker.open,
                    "megabytes": slot.worker.megabytes(),
                    "age": round(now - slot.worker.started),
                }
                for slot in crew.slots
                if slot.worker
            ],
            "events": list(self._events),
        }
        # On a box the folder's group is the appliance, which watches over us by this file.
        replace_privately(self._settings.status_file, json.dumps(total, indent=1).encode(), mode=0o640)

    def _read(self, crew: Crew) -> None:
        alive = {worker.place: worker.pid for worker in crew.everybody()}
        for place in list(self._last):
            pid, report = self._last[place]
            if alive.get(place) != pid:
                self._last_words(place, pid, report)
        for place, pid in alive.items():
            said = _said(status_of(self._settings, place))
            if said.get("pid") == pid:
                self._last[place] = pid, said

    def _last_words(self, place: int, pid: int, report: Mapping[str, Any]) -> None:
        """It wrote once more when it ended."""
        said = _said(status_of(self._settings, place))
        last = said if said.get("pid") == pid else report
        kept: dict[str, Any] = {name: value for name, value in last.items() if name not in _OF_NOW}
        sensor = last.get("sensor") or {}
        kept["sensor"] = {name: sensor[name] for name in _SENT if name in sensor}
        self._ended = summed([self._ended, kept]) if self._ended else kept
        del self._last[place]


def _said(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _fact(seen: Seen) -> dict[str, Any]:
    name = tunnel_name(seen.protocol, seen.port)
    return {"device": seen.device, "name": name, "protocol": seen.protocol, "port": seen.port, "times": seen.times}
