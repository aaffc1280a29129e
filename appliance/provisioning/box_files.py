"""The text files of a box: each rendered from its description alone, and written where its reader looks."""

from pathlib import Path

from appliance.provisioning import dedicated, encrypted_resolvers, keepalived, networkd
from appliance.provisioning import settings_files as settings
from appliance.provisioning import system_files as system
from appliance.provisioning.box import Box
from appliance.provisioning.dnsmasq import dnsmasq
from appliance.provisioning.enrolment_file import enrolment
from appliance.provisioning.gateway_file import FOLLOWED, gateway
from appliance.provisioning.network_states import NetworkState
from appliance.provisioning.nftables import ruleset
from appliance.provisioning.plan import Step
from appliance.provisioning.settings_files import ETC
from appliance.provisioning.system_units import FIREWALL, NAMES
from appliance.provisioning.text_file import TextFile
from appliance.provisioning.units import FOLDER, units
from appliance.provisioning.update_source import update_file
from detection.unopened.layers import Layers, load_layers


def box_files(box: Box, states: tuple[NetworkState, ...]) -> list[Step]:
    """Settings, units, and what the system itself reads. ``states``: which networks are read."""
    ours = {
        **({"follow": settings.follow(box.appliance)} if box.appliance else _of_the_appliance(box)),
        **({"update": update_file(box.update)} if box.update else {}),
        **({"enrolment": enrolment(box)} if box.notice_url else {}),
    }
    return [
        # No secret is in them, only where one is; a backup holds them all.
        TextFile(path=f"{ETC}/gateway.toml", text=gateway(box, states), followed=FOLLOWED),
        *(TextFile(path=f"{ETC}/{name}.toml", text=text) for name, text in ours.items()),
        *(TextFile(path=path, text=text) for path, text in (networkd.files(box) | system.files(box)).items()),
        TextFile(path=FIREWALL, text=ruleset(box, dedicated.all_ranges(), encrypted_resolvers.all_addresses())),
        *(TextFile(path=path, text=text) for path, text in keepalived.files(box).items()),
        TextFile(path=NAMES, text=dnsmasq(box, _left_closed())),
        *(TextFile(path=f"{FOLDER}/{name}", text=text) for name, text in units(box).items()),
    ]


def _of_the_appliance(box: Box) -> dict[str, str]:
    return {
        "appliance": settings.appliance(box),
        "worker": settings.worker(box),
        "console": settings.console(box),
        **({"agents": settings.agents(box)} if box.meets_others else {}),
    }


def _left_closed() -> Layers:
    """By the lists that are on this machine already."""
    place = Path(settings.BYPASS)
    return load_layers(place if place.is_dir() else None)
