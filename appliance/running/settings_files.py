"""The settings of all programs for one machine, written anew at each start: ports may have changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from appliance.organisation_slug import slug_of
from appliance.running.places import Places
from appliance.sample.sites import HELPLINE_HOST

Value = str | int | float | bool | list[str] | Mapping[str, str]
SCHOOL = "Larkmoor School"
SLUG = slug_of(SCHOOL)
LOOPBACK = ["127.0.0.0/8"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    console: int
    proxy: int
    appliance: int
    agents: int

    @property
    def console_url(self) -> str:
        return f"http://127.0.0.1:{self.console}/"

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self.proxy}"

    @property
    def agents_url(self) -> str:
        return f"https://127.0.0.1:{self.agents}"


def write_settings(places: Places, ports: Ports, hosts: Mapping[str, tuple[str, int]], origin_ca: Path) -> None:
    """``hosts``: where the sample web's names are found; ``origin_ca``: who vouches for them."""
    places.bypass.write_text(
        "# Left alone by the gateway beside its own list: the sample web's helpline.\n"
        "[[group]]\n"
        'reason = "helpline"\n'
        'why = "What a child says to a helpline is between the two."\n'
        f"domains = [{json.dumps(HELPLINE_HOST)}]\n"
    )
    shared: dict[str, Value] = {"database": places.database, "vault": str(places.vault)}
    keys: dict[str, Value] = {
        "private_key": str(places.private_key),
        "library_key": str(places.library_private_key),
    }
    _write(places.settings("appliance"), shared | keys | {"port": ports.appliance})
    _write(places.settings("agents"), shared | keys | _agents(places, ports), {"on_site": {SLUG: LOOPBACK}})
    _write(places.settings("agent"), _agent(places))
    _write(
        places.settings("worker"), shared | {"console_url": ports.console_url, "watch": [str(places.gateway_status)]}
    )
    console: dict[str, Value] = {
        "secret_key_file": str(places.console_secret),
        "port": ports.console,
        "cookie_secure": False,
        "watch": [str(places.gateway_status)],
    }
    _write(places.settings("console"), shared | console)
    _write(places.settings("gateway"), *_gateway(places, ports, hosts, origin_ca))
    _write(places.settings("replay"), _sensor(places, ports, places.replay_token, places.replay))


def _agents(places: Places, ports: Ports) -> dict[str, Value]:
    """Devices may be on this machine alone, as all else that is met here."""
    return {
        "authority": str(places.agents_authority),
        "names": ["127.0.0.1", "localhost"],
        "host": "127.0.0.1",
        "port": ports.agents,
    }


def _agent(places: Places) -> dict[str, Value]:
    """For an agent that somebody starts by hand: it takes whoever runs a session for signed in."""
    return {"state": str(places.agent), "socket": str(places.agent / "agent.sock"), "session_unit": ""}


def _gateway(
    places: Places, ports: Ports, hosts: Mapping[str, tuple[str, int]], origin_ca: Path
) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    top: dict[str, Value] = {
        "state": str(places.gateway),
        "school": SCHOOL,
        "listen_port": ports.proxy,
        "bypass": str(places.bypass),
        "origin_ca": str(origin_ca),
        "status": str(places.gateway_status),
        "status_seconds": 1.0,
    }
    sensor = _sensor(places, ports, places.gateway_token, places.gateway)
    sensor |= {"library_key": str(places.library_public_key), "library_seconds": 10.0}
    return top, {"sensor": sensor, "host_map": {name: f"{address}:{port}" for name, (address, port) in hosts.items()}}


def _sensor(places: Places, ports: Ports, token: Path, folder: Path) -> dict[str, Value]:
    """``folder``: where it keeps what is not delivered yet."""
    return {
        "appliance_url": f"http://127.0.0.1:{ports.appliance}",
        "token_file": str(token),
        "public_key": str(places.public_key),
        "outbox": str(folder / "outbox.db"),
        "bindings_cache": str(folder / "bindings.json"),
        "bindings_seconds": 10.0,
        "later_seconds": LATER_SECONDS,
    }


LATER_SECONDS = 4.0
"""On one machine a page's pictures come at once."""


def _write(file: Path, top: Mapping[str, Value], tables: Mapping[str, Mapping[str, Value]] | None = None) -> None:
    lines = ["# Written by gatehouse run at each start."]
    lines += [f"{name} = {json.dumps(value)}" for name, value in top.items()]
    for name, table in (tables or {}).items():
        lines += ["", f"[{name}]", *(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items())]
    file.write_text("\n".join(lines) + "\n", "utf-8")
