"""Two boxes side by side: keepalived gives each network's shared address to the one that works (VRRP)."""

import ipaddress

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network

MUST_WORK = ("gateway", "dns")
"""Each by a check of its own: asked after several units at once, systemctl is content with one that is active."""
FILE = "/etc/keepalived/keepalived.conf"
PACKAGE, UNIT = "keepalived", "keepalived.service"
RESTARTED = f"/etc/systemd/system/{UNIT}.d/gatehouse.conf"
_RESTARTED = """\
# Written by gatehouse provision: Debian's unit stays down once it has fallen, and the shared addresses with it.
[Unit]
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=2
"""


def is_shared(box: Box) -> bool:
    return any(network.shared for network in box.network)


def files(box: Box) -> dict[str, str]:
    """Path and text; none where no address is shared."""
    return {FILE: keepalived(box), RESTARTED: _RESTARTED} if is_shared(box) else {}


def keepalived(box: Box) -> str:
    """All addresses go together: a box that lost one network must not keep the others."""
    shared = [network for network in box.network if network.shared]
    names = "\n".join(f"    {network.name}" for network in shared)
    checks = "\n".join(map(_check, MUST_WORK))
    tracked = "\n".join(f"    {name}" for name in MUST_WORK)
    instances = "\n".join(_instance(network, number, box) for number, network in enumerate(shared, 1))
    return f"""\
# Written by gatehouse provision from box.toml.
global_defs {{
  enable_script_security
  script_user nobody
}}

{checks}
vrrp_sync_group box {{
  group {{
{names}
  }}
  track_script {{
{tracked}
  }}
}}

{instances}"""


def _check(name: str) -> str:
    return f"""\
vrrp_script {name} {{
  script "/usr/bin/systemctl is-active --quiet gatehouse-{name}.service"
  interval 2
  fall 2
  rise 5
}}
"""


def _instance(network: Network, number: int, box: Box) -> str:
    length = ipaddress.ip_interface(network.address).network.prefixlen
    return f"""\
vrrp_instance {network.name} {{
  interface {network.interface}
  state BACKUP
  virtual_router_id {number}
  priority {box.vrrp_priority}
  advert_int 1
  virtual_ipaddress {{
    {network.shared}/{length}
  }}
}}
"""
