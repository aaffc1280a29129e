"""Whose connections are read, and which worker reads them."""

from collections.abc import Iterator

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.rule_text import OWN_TO_ANSWER, TO_BE_READ, cards, counted, quoted

WEB = (80, 443)
PROXY, TRUST_CHECK = 3128, 443
_OTHER_SEED = 0x5EED
"""Devices are chosen by another hash than they are spread with, or a tenth of them would all meet on one worker."""


def choosing(box: Box) -> list[str]:
    """Mark what is to be read. Decided once for each connection, by who begins it and where to."""
    networks = box.network
    passed = f"{counted(networks, 'passed')} accept"
    return [
        f"iifname != {cards(networks)} accept",
        # A name of the box's own. Devices are set up before anything is read, so no set is asked about it.
        f"fib daddr type local tcp dport {TRUST_CHECK} ct mark set {OWN_TO_ANSWER} accept",
        "fib daddr type != unicast accept",  # the box's own address, and what goes to everybody
        "fib saddr . iif oif missing drop",  # nobody goes by an address that does not lie behind its card
        counted(networks, "connections"),
        "iifname @paused accept",
        "iifname @names_only accept",
        "iifname != @reading accept",
        f"ip daddr @passed4 ip daddr @dedicated4 {passed}",
        f"ip6 daddr @passed6 ip6 daddr @dedicated6 {passed}",
        *(rule for network in networks if network.percent < 100 for rule in _left_out(network, box.seed)),
        f"ct mark set {TO_BE_READ}",
    ]


def redirecting(box: Box) -> list[str]:
    """A slot that is not in the map redirects nothing: its devices go on to the web unread."""
    everybody, proxied = box.network, [network for network in box.network if network.proxy]
    names = "meta l4proto { tcp, udp } th dport 53 redirect to :53"
    rules = [f"iifname {cards(everybody)} {names}"]
    if proxied:
        asked = f"iifname {cards(proxied)} iifname @reading iifname != @names_only iifname != @paused"
        rules += list(_spread(box, f"{asked} fib daddr type local tcp dport {PROXY}", "proxies"))
    rules += list(_spread(box, f"ct mark {OWN_TO_ANSWER} tcp dport {TRUST_CHECK}", "workers"))
    # Lookups over HTTPS would only be opened to find nothing to read: they are a tunnel, and answered as one.
    rules += [f"ct mark {TO_BE_READ} {family} daddr @resolvers{n} accept" for family, n in (("ip", 4), ("ip6", 6))]
    pairs = [f"{quoted(network.interface)} . {port}" for network in everybody for port in read_ports(network)]
    read = f"ct mark {TO_BE_READ} iifname . tcp dport {{ {', '.join(pairs)} }}"
    return [*rules, *_spread(box, read, "workers")]


def read_ports(network: Network) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*WEB, *network.clear_ports)))


def _spread(box: Box, chosen: str, ports: str) -> Iterator[str]:
    """The seed is fixed: without one, nft draws another at each load and every device changes its worker."""
    for family in ("ip", "ip6"):
        by_address = f"meta mark set jhash {family} saddr mod {box.workers} seed {box.seed:#x}"
        yield f"{chosen} {by_address} redirect to :meta mark map @{ports}"


def _left_out(network: Network, seed: int) -> Iterator[str]:
    if network.percent == 0:
        yield f"iifname {quoted(network.interface)} accept"
        return
    for family in ("ip", "ip6"):
        chance = f"jhash {family} saddr mod 100 seed {seed ^ _OTHER_SEED:#x}"
        yield f"iifname {quoted(network.interface)} {chance} >= {network.percent} accept"
