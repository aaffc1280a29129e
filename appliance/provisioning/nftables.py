"""The box's firewall as text for ``nft -f``: one table that chooses, redirects, counts, and lets nobody in.

It may be loaded at any time: rules are replaced in one step, and what the sets, the maps and the counters hold stays,
so that no device changes its worker and nothing counted is lost. Only ``fresh`` begins anew.
"""

from collections.abc import Iterable

from appliance.provisioning.box import Box
from appliance.provisioning.forwarding import forwarding, tunnelled
from appliance.provisioning.interception import choosing, redirecting
from appliance.provisioning.own_services import own_services
from appliance.provisioning.rule_text import COUNTED, TABLE, counter, indented

CHAINS = {
    "begun": "type nat hook prerouting priority dstnat - 1; policy accept;",
    "redirected": "type nat hook prerouting priority dstnat; policy accept;",
    "into_box": "type filter hook input priority filter; policy drop;",
    "through_box": "type filter hook forward priority filter; policy drop;",
    "tunnelled": "",
    "out_of_box": "type nat hook postrouting priority srcnat; policy accept;",
}
"""Of type nat: asked once for each connection, so that what goes past the workers pays for no rule of theirs."""
FORMER = ("choose",)
"""Chains of boxes that were provisioned before: they would go on deciding beside the others."""
_SEEN = "flags dynamic,timeout; timeout 1h; size 65535; counter;"
SETS = (
    "set reading { type ifname; }",
    "set names_only { type ifname; }",
    "set paused { type ifname; flags timeout; }",
    "set passed4 { type ipv4_addr; flags timeout; timeout 1h; size 65535; }",
    "set passed6 { type ipv6_addr; flags timeout; timeout 1h; size 65535; }",
    "set dedicated4 { type ipv4_addr; flags interval; auto-merge; }",
    "set dedicated6 { type ipv6_addr; flags interval; auto-merge; }",
    "set resolvers4 { type ipv4_addr; flags interval; auto-merge; }",
    "set resolvers6 { type ipv6_addr; flags interval; auto-merge; }",
    f"set tunnels4 {{ type ipv4_addr . inet_proto . inet_service; {_SEEN} }}",
    f"set tunnels6 {{ type ipv6_addr . inet_proto . inet_service; {_SEEN} }}",
    f"set protocols4 {{ type ipv4_addr . inet_proto; {_SEEN} }}",
    f"set protocols6 {{ type ipv6_addr . inet_proto; {_SEEN} }}",
    "map workers { type mark : inet_service; }",
    "map proxies { type mark : inet_service; }",
)
"""Filled while the box runs: by whoever agrees to reading or pauses it, by dnsmasq, the kernel, the supervisor."""


def ruleset(box: Box, dedicated: Iterable[str] = (), resolvers: Iterable[str] = ()) -> str:
    """``dedicated``: networks that belong to one service alone, IPv4 and IPv6, such as "203.0.113.0/24".

    ``resolvers``: addresses of public resolvers, over HTTPS or TLS, that serve nothing else.
    """
    chains = {
        "begun": choosing(box),
        "redirected": redirecting(box),
        "into_box": own_services(box),
        "through_box": forwarding(box),
        "tunnelled": tunnelled(box),
        "out_of_box": [f'oifname "{box.outside}" masquerade'] if box.masquerade else [],
    }
    counters = [f"counter {counter(network, what)} {{ }}" for network in box.network for what in COUNTED]
    declared = [f"chain {name} {{ {hook} }}" for name, hook in CHAINS.items()]
    lines = [
        "# Written by gatehouse provision from box.toml; a change by hand is lost at the next run.",
        *(line for name in FORMER for line in _gone(name)),
        f"table {TABLE} {{",
        *indented([*SETS, *counters, *declared]),
        "}",
        *(f"flush chain {TABLE} {name}" for name in CHAINS),
        *_filled("dedicated", dedicated),
        *_filled("resolvers", resolvers),
        f"table {TABLE} {{",
    ]
    for name, rules in chains.items():
        lines += indented([f"chain {name} {{", *indented(rules), "}"])
    return "\n".join([*lines, "}", ""])


def fresh(box: Box, dedicated: Iterable[str] = (), resolvers: Iterable[str] = ()) -> str:
    """The same, forgetting all that was; for a table that an older version made differently."""
    return f"table {TABLE} {{ }}\ndelete table {TABLE}\n{ruleset(box, dedicated, resolvers)}"


def _gone(chain: str) -> tuple[str, ...]:
    """Made first, for there may be none."""
    named = f"{TABLE} {chain}"
    return f"table {TABLE} {{ chain {chain} {{ }}; }}", f"flush chain {named}", f"delete chain {named}"


def _filled(kind: str, networks: Iterable[str]) -> list[str]:
    lines, known = [], tuple(networks)
    for name, its in (
        (f"{kind}4", [each for each in known if ":" not in each]),
        (f"{kind}6", [each for each in known if ":" in each]),
    ):
        lines.append(f"flush set {TABLE} {name}")
        if its:
            lines.append(f"add element {TABLE} {name} {{ {', '.join(its)} }}")
    return lines
