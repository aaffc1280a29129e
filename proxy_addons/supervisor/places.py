"""One worker's own ports, outbox and status, out of the settings all workers share."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.settings import SupervisorSettings


def settings_for(shared: GatewaySettings, place: int) -> GatewaySettings:
    """The settings of the worker in this place. What is known of people and phrases, workers share."""
    supervisor = supervisor_of(shared)
    if place not in supervisor.places:
        raise ValueError(f"place {place}: there are {len(supervisor.places)}, counted from 0")
    modes = [f"transparent@{supervisor.first_port + place}"]
    if supervisor.first_proxy_port:
        modes.append(f"regular@{supervisor.first_proxy_port + place}")
    share = max(1, shared.sensor.outbox_megabytes // len(supervisor.places))
    sensor = replace(shared.sensor, outbox=outbox_of(shared, place), outbox_megabytes=share)
    return replace(shared, listen_host="", modes=tuple(modes), status=status_of(shared, place), sensor=sensor)


def supervisor_of(shared: GatewaySettings) -> SupervisorSettings:
    if shared.supervisor is None:
        raise ValueError("the settings have no [supervisor] table")
    return shared.supervisor


def outbox_of(shared: GatewaySettings, place: int) -> Path:
    """No two processes write one outbox: each would send what the other is sending."""
    return shared.sensor.outbox.with_name(f"{shared.sensor.outbox.stem}-{place}.db")


def status_of(shared: GatewaySettings, place: int) -> Path:
    return shared.state / "workers" / f"{place}.json"


def is_waiting(outbox: Path) -> bool:
    """Whether something in it is still to be delivered. One that cannot be asked just now is asked again later."""
    if not outbox.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{outbox.as_uri()}?mode=ro", uri=True, timeout=0.2)) as db:
            return bool(db.execute("SELECT EXISTS (SELECT 1 FROM letters WHERE aside IS NULL)").fetchone()[0])
    except sqlite3.Error:
        return False
