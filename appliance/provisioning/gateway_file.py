"""The gateway's settings as they follow from the box's."""

from appliance.provisioning import client_networks
from appliance.provisioning import settings_files as at
from appliance.provisioning.box import Agents, Box
from appliance.provisioning.client_networks import clients
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.network_states import NetworkState, Reading
from appliance.provisioning.toml_text import Table, toml

FOLLOWED = "names_only"
"""What changes with each network that is agreed to, without provisioning (following)."""
ROOT_CERTIFICATE = f"{at.GATEWAY_STATE}/authority/gatehouse-root.pem"


def gateway(box: Box, states: tuple[NetworkState, ...] = ()) -> str:
    """``states``: which networks are read, and who has signed for those of other people's devices."""
    top: dict[str, str | list[str]] = {
        "state": at.GATEWAY_STATE,
        "school": box.school,
        "status": at.STATUS,
        "bypass": at.BYPASS,
        "hostname": box.hostname,
        "console_hosts": [box.hostname],
        "resolvers": client_networks.resolvers(box),
        FOLLOWED: client_networks.names_only(box, {each.name for each in states if each.reading == Reading.READ}),
        "proxy_clients": [each for network in box.network if network.proxy for each in clients(network)],
    }
    if box.proxy.inside:
        top["proxy_inside"] = list(box.proxy.inside)
    if box.proxy.accounts:
        top["proxy_accounts"] = str(box.proxy.accounts)
    if box.origin_ca:
        top["origin_ca"] = str(box.origin_ca)
    if box.revocation_lists:
        top["revocation_lists"] = str(box.revocation_lists)
    undecryptable = client_networks.undecryptable(box)
    return toml(top, {"undecryptable": undecryptable, "sensor": _sensor(box), "supervisor": _supervisor(box)})


def _sensor(box: Box) -> Table:
    # Who signs in on a device is to be known here soon, where devices tell.
    soon: Table = {"bindings_seconds": 2.0} if box.agents != Agents.NOWHERE else {}
    return {
        **_reports_to(box.appliance),
        "public_key": at.PUBLIC_KEY,
        "outbox": f"{at.GATEWAY_STATE}/outbox.db",
        "bindings_cache": f"{at.GATEWAY_STATE}/bindings.json",
        "library_key": at.LIBRARY_KEY,
        "canary_key": at.CANARY_KEY,
        **soon,
    }


def _reports_to(first: FirstBox | None) -> Table:
    if first is None:
        return {"appliance_url": "http://127.0.0.1:8443", "token_file": at.TOKEN}
    return {
        "appliance_url": first.address.rstrip("/"),
        "ca_file": at.FIRST_AUTHORITY,
        "client_certificate": at.OWN_CERTIFICATE,
        "client_key": at.OWN_KEY,
    }


def _supervisor(box: Box) -> Table:
    return {
        "workers": box.workers,
        "fail": box.fail,
        "memory_mb": box.worker_memory_mb,
        "hours": float(box.worker_hours),
        "first_proxy_port": 8481 if any(network.proxy for network in box.network) else 0,
    }
