"""The settings of the box's programs, as they follow from what the network manager said of the box."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from appliance.organisation_slug import slug_of
from appliance.provisioning import client_networks
from appliance.provisioning.box import Box

ETC = "/etc/gatehouse"
GATEWAY_STATE = "/var/lib/gatehouse/gateway"
STATE = "/var/lib/gatehouse/appliance"
STATUS = f"{GATEWAY_STATE}/status.json"
KEYS = f"{STATE}/keys"
VAULT = f"{STATE}/vault"
DATABASE = f"sqlite:///{STATE}/gatehouse.db"
CONSOLE_SECRET = f"{STATE}/console.secret"
TOKEN = f"{ETC}/gateway.token"
PUBLIC_KEY, LIBRARY_KEY, CANARY_KEY = f"{ETC}/appliance.pub", f"{ETC}/library.pub", f"{ETC}/canary.key"

Value = str | int | float | bool | list[str]
Tables = Mapping[str, Mapping[str, Value]]


def gateway(box: Box) -> str:
    sensor: dict[str, Value] = {
        "appliance_url": "http://127.0.0.1:8443",
        "token_file": TOKEN,
        "public_key": PUBLIC_KEY,
        "outbox": f"{GATEWAY_STATE}/outbox.db",
        "bindings_cache": f"{GATEWAY_STATE}/bindings.json",
        "library_key": LIBRARY_KEY,
        "canary_key": CANARY_KEY,
    }
    top: dict[str, Value] = {
        "state": GATEWAY_STATE,
        "school": box.school,
        "status": STATUS,
        "console_hosts": [box.hostname],
        "resolvers": client_networks.resolvers(box),
        "names_only": client_networks.names_only(box),
    }
    supervisor: dict[str, Value] = {
        "workers": box.workers,
        "fail": box.fail,
        "memory_mb": box.worker_memory_mb,
        "hours": float(box.worker_hours),
        "first_proxy_port": 8481 if any(network.proxy for network in box.network) else 0,
    }
    if box.origin_ca:
        top["origin_ca"] = str(box.origin_ca)
    undecryptable = client_networks.undecryptable(box)
    return _toml(top, {"undecryptable": undecryptable, "sensor": sensor, "supervisor": supervisor})


def appliance(box: Box) -> str:
    keys: dict[str, Value] = {"private_key": f"{KEYS}/appliance.key", "library_key": f"{KEYS}/library.key"}
    return _toml(_shared() | keys)


def worker(box: Box) -> str:
    top = _shared() | {"console_url": box.console_url or f"https://{box.hostname}", "watch": [STATUS]}
    return _toml(top, {"mail": _mail(box)} if box.mail else {})


def console(box: Box) -> str:
    return _toml(
        _shared() | {"secret_key_file": CONSOLE_SECRET, "private_key": f"{KEYS}/appliance.key", "watch": [STATUS]}
    )


def school_of(box: Box) -> str:
    return slug_of(box.school)


def _shared() -> dict[str, Value]:
    return {"database": DATABASE, "vault": VAULT}


def _mail(box: Box) -> dict[str, Value]:
    said = {field.name: getattr(box.mail, field.name) for field in fields(box.mail)} if box.mail else {}
    return {name: str(value) if isinstance(value, Path) else value for name, value in said.items() if value is not None}


def _toml(top: Mapping[str, Value], tables: Tables | None = None) -> str:
    lines = ["# Written by gatehouse provision from box.toml: change that file, then run it again.", *_rows(top)]
    for table, values in (tables or {}).items():
        lines += ["", f"[{table}]", *_rows(values)]
    return "\n".join(lines) + "\n"


def _rows(values: Mapping[str, Value]) -> list[str]:
    return [f"{_key(name)} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)
