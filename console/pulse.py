"""Whether monitoring works, in one sentence: what stands under an empty queue and on top of the health page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.gateway_status import in_words
from appliance.models import Device
from console import coverage
from console.coverage import Coverage
from console.times import ago

SILENT = timedelta(minutes=5)
"""A gateway asks who is where every minute, so one this quiet is off or cut off."""


@dataclass(frozen=True, slots=True)
class Pulse:
    well: bool
    sentence: str


def pulse(
    devices: Sequence[Device],
    gateways: Sequence[Coverage],
    banners: int,
    now: datetime,
    zone_name: str,
    dark: Sequence[str] = (),
) -> Pulse:
    """The gravest thing first; ``banners`` counts the health notices nobody has dismissed, ``dark`` names networks
    of which nothing is seen."""
    watching = [d for d in devices if d.revoked_at is None and d.kind == "gateway"]
    if not watching:
        return _without_gateway(devices)
    if silent := [d for d in watching if is_silent(d, now)]:
        return Pulse(False, _silence(silent, now, zone_name))
    if any(coverage.stale(g, now) for g in gateways):
        return Pulse(False, "A gateway has stopped writing its counts; it may not be reading traffic.")
    if any(g.troubles for g in gateways):
        return Pulse(False, "A gateway reports trouble; what it finds may be late or missing.")
    if dark:
        many = f"The networks {', '.join(dark)} are" if len(dark) > 1 else f"The network {dark[0]} is"
        return Pulse(False, f"{many} not read at present; what happens there is not seen.")
    if banners:
        return Pulse(False, "Monitoring runs, but the system has something to tell you.")
    latest = max(d.last_seen_at for d in watching if d.last_seen_at)
    return Pulse(True, f"Monitoring works: every gateway is reporting, the last one {ago(latest, now, zone_name)}.")


def _without_gateway(devices: Sequence[Device]) -> Pulse:
    """Devices are switched off at night, so an agent's silence means nothing."""
    if any(d.revoked_at is None and d.kind == "agent" for d in devices):
        return Pulse(True, "Devices with the agent are monitored; no gateway is connected.")
    return Pulse(False, "Nothing is monitored yet: no gateway has been connected.")


def is_silent(device: Device, now: datetime) -> bool:
    return device.last_seen_at is None or abs(now - device.last_seen_at) > SILENT


def _silence(silent: Sequence[Device], now: datetime, zone_name: str) -> str:
    if len(silent) > 1:
        return f"{len(silent)} gateways are silent; what passes them is not seen."
    last = silent[0].last_seen_at
    since = f"was last heard of {ago(last, now, zone_name)}" if last else "has never been heard of"
    return f"{in_words(silent[0].name)} {since}; what passes it is not seen."
