"""What the page that devices are set up with is told. It is served where the school's notice can be read."""

from dataclasses import asdict

from appliance.provisioning import network_states
from appliance.provisioning.box import Box, Fail
from appliance.provisioning.box_network import Kind
from appliance.provisioning.settings_files import ETC
from appliance.provisioning.toml_text import Table, toml

ROOT = f"{ETC}/root.pem"
"""A copy of the public root certificate, which is all of the authority that the page may see."""


def enrolment(box: Box) -> str:
    networks: list[Table] = [
        {
            "name": network.name,
            "address": network.address,
            **({"address6": network.address6} if network.address6 else {}),
            "reads": "nothing" if network.kind == Kind.MANAGED else "names",
            "proxy": network.proxy,
        }
        for network in box.network
    ]
    contacts: list[Table] = [{name: said for name, said in asdict(each).items() if said} for each in box.contact]
    top: Table = {
        "school": box.school,
        "hostname": box.hostname,
        "root": ROOT,
        "notice_url": box.notice_url,
        "fail_open": box.fail == Fail.OPEN,
        "proxy_tls": box.proxy.tls,
        "direct": list(box.proxy.direct),
        "states": str(network_states.FILE),
    }
    return toml(top, several={"network": networks, "contact": contacts})
