"""The settings of the box's programs, as they follow from what the network manager said of the box."""

import ipaddress
from dataclasses import fields
from ipaddress import ip_interface
from pathlib import Path
from urllib.parse import urlsplit

from appliance.organisation_slug import slug_of
from appliance.provisioning.box import Box
from appliance.provisioning.client_networks import clients
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.toml_text import Value, toml

ETC = "/etc/gatehouse"
GATEWAY_STATE = "/var/lib/gatehouse/gateway"
STATE = "/var/lib/gatehouse/appliance"
BYPASS = f"{ETC}/bypass.d"
"""The lists of what is left closed, kept with gatehouse bypass."""
STATUS = f"{GATEWAY_STATE}/status.json"
KEYS = f"{STATE}/keys"
VAULT = f"{STATE}/vault"
DATABASE = f"sqlite:///{STATE}/gatehouse.db"
FOLLOW_STATE = "/var/lib/gatehouse/follow"
"""What a second gateway's box knows of the first."""
FIRST_AUTHORITY, OWN_CERTIFICATE = f"{ETC}/first.pem", f"{ETC}/gateway.crt"
OWN_KEY = f"{GATEWAY_STATE}/gateway.key"
"""What a second gateway speaks with to the first box."""
AGENTS_AUTHORITY = f"{STATE}/agents"
"""What signs for devices with the agent; its key never leaves the box."""
CONSOLE_SECRET = f"{STATE}/console.secret"
NEAR_CONSOLE = "http://localhost:8000"
"""The console listens on the box alone: this is the near end of the SSH tunnel by which it is reached."""
TOKEN = f"{GATEWAY_STATE}/gateway.token"
PUBLIC_KEY, LIBRARY_KEY, CANARY_KEY = f"{ETC}/appliance.pub", f"{ETC}/library.pub", f"{ETC}/canary.key"


def appliance(box: Box) -> str:
    keys: dict[str, Value] = {"private_key": f"{KEYS}/appliance.key", "library_key": f"{KEYS}/library.key"}
    return toml(_shared() | keys)


def worker(box: Box) -> str:
    top = _shared() | {"console_url": box.console_url or NEAR_CONSOLE, "watch": [STATUS]}
    return toml(top, {"mail": _mail(box)} if box.mail else {})


def console(box: Box) -> str:
    keys: dict[str, Value] = {"secret_key_file": CONSOLE_SECRET, "private_key": f"{KEYS}/appliance.key"}
    front: dict[str, Value] = {"proxies": 1, "inside": _school_networks(box)} if box.console_from else {}
    return toml(_shared() | keys | front | _passkeys(box) | {"watch": [STATUS], "box": f"{ETC}/box.toml"})


def _passkeys(box: Box) -> dict[str, Value]:
    """They belong to the name by which reviewers come; over plain HTTP, by a tunnel, browsers give none."""
    at = urlsplit(box.console_url)
    named: dict[str, Value] = {"public_url": f"https://{at.netloc}"} if at.scheme == "https" else {}
    return {"passkeys_required": box.passkeys_required} | named


def _school_networks(box: Box) -> list[str]:
    """Of those that are let as far as the proxy: what has private addresses is not somebody's home."""
    return [each for each in box.console_from if ipaddress.ip_network(each).is_private]


def agents(box: Box) -> str:
    """By name the box is met wherever the device is; by its own addresses where no name is known."""
    own = [
        str(ip_interface(each).ip) for network in box.network for each in (network.address, network.address6) if each
    ]
    keys: dict[str, Value] = {
        "private_key": f"{KEYS}/appliance.key",
        "library_key": f"{KEYS}/library.key",
        "canary_key": f"{STATE}/canary.key",
        "authority": AGENTS_AUTHORITY,
        "names": list(dict.fromkeys([*box.agents_names, box.hostname, *own])),
        "host": "::",
    }
    on_site = [each for network in box.network for each in clients(network)]
    return toml(_shared() | keys, {"on_site": {school_of(box): on_site}})


def follow(first: FirstBox) -> str:
    """Of the program that keeps a second gateway in step with the first box."""
    return toml(
        {
            "appliance_url": first.address.rstrip("/"),
            "ca_file": FIRST_AUTHORITY,
            "client_certificate": OWN_CERTIFICATE,
            "client_key": OWN_KEY,
            "status": STATUS,
            "box": f"{ETC}/box.toml",
            "state": FOLLOW_STATE,
            "alone_hours": first.alone_hours,
        }
    )


def school_of(box: Box) -> str:
    return slug_of(box.school)


def _shared() -> dict[str, Value]:
    return {"database": DATABASE, "vault": VAULT}


def _mail(box: Box) -> dict[str, Value]:
    said = {field.name: getattr(box.mail, field.name) for field in fields(box.mail)} if box.mail else {}
    return {name: str(value) if isinstance(value, Path) else value for name, value in said.items() if value is not None}
