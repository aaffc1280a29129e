"""What the box itself answers, and whom."""

from collections.abc import Iterable

from appliance.provisioning.box import Agents, Box
from appliance.provisioning.box_network import Kind
from appliance.provisioning.rule_text import OWN_TO_ANSWER, cards

AGENTS = 8446
CONSOLE = 8443
"""Of a reverse proxy before the console: what the networks send to port 443 of the box, a worker answers."""


def own_services(box: Box) -> list[str]:
    """From the networks: names, addresses, the pages of its own address. From outside: what the box asked for."""
    inside = f"iifname {cards(box.network)}"
    return [
        'iifname "lo" accept',
        *_no_longer_read(inside),
        "ct state established,related accept",
        "ct state invalid drop",
        # A worker's port, and port 3128, only for what the rules led there: nobody calls at a worker's door.
        f"{inside} ct status dnat meta l4proto {{ tcp, udp }} accept",
        f"{inside} meta l4proto {{ tcp, udp }} th dport 53 accept",
        f"{inside} udp dport {{ 67, 547 }} accept",
        f"{inside} tcp dport {{ 80, 443 }} accept",
        # A device that uses the box as its proxy is told at once while there is none, and goes directly.
        f"{inside} tcp dport 3128 reject with tcp reset",
        *_from(box.ssh_from, 22),
        *_from(box.console_from, CONSOLE),
        *_agents(box),
        *_from(box.gateways_from, AGENTS),
        *_the_other_box(box),
        "meta l4proto icmp icmp type echo-request limit rate 50/second accept",
        "meta l4proto icmpv6 icmpv6 type echo-request limit rate 50/second accept",
        # Without these there is no IPv6: who is a neighbour, and where the router is.
        "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert, mld-listener-query } accept",
        f"{inside} icmpv6 type {{ nd-router-solicit, mld-listener-report, mld2-listener-report }} accept",
        f'iifname "{box.outside}" ip6 saddr fe80::/10 udp sport 547 udp dport 546 accept',
    ]


def _agents(box: Box) -> list[str]:
    """Whoever has no certificate can only show a code there, and is refused after ten wrong ones."""
    if box.agents == Agents.EVERYWHERE:
        return [f"tcp dport {AGENTS} accept"]
    managed = [network for network in box.network if network.kind == Kind.MANAGED]
    inside = box.agents == Agents.INSIDE and managed
    return [f"iifname {cards(managed)} tcp dport {AGENTS} accept"] if inside else []


def _the_other_box(box: Box) -> list[str]:
    """Where two share an address, each hears from the other that it works."""
    shared = [network for network in box.network if network.shared]
    return [f"iifname {cards(shared)} ip daddr 224.0.0.18 meta l4proto 112 accept"] if shared else []


def _no_longer_read(inside: str) -> list[str]:
    """What is paused or taken back is not read on either: the device is told at once, and begins again unread."""
    led = f"{inside} ct status dnat ct mark != {OWN_TO_ANSWER} meta l4proto tcp tcp dport != 53"
    ends = "counter reject with tcp reset"
    return [f"{led} {which} {ends}" for which in ("iifname @paused", "iifname @names_only", "iifname != @reading")]


def _from(networks: Iterable[str], port: int) -> list[str]:
    rules, known = [], tuple(networks)
    for family, given in (("ip", [a for a in known if ":" not in a]), ("ip6", [a for a in known if ":" in a])):
        if given:
            rules.append(f"{family} saddr {{ {', '.join(given)} }} tcp dport {port} accept")
    return rules
