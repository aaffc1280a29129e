"""What goes through the box without being read: refused, counted, named or passed."""

from collections.abc import Iterable

from appliance.provisioning.box import Box, Fail
from appliance.provisioning.box_network import Answer, Network
from appliance.provisioning.interception import read_ports
from appliance.provisioning.rule_text import TO_BE_READ, cards, counted, quoted

ORDINARY_TCP = "25, 110, 143, 465, 587, 993, 995, 2195-2197, 5222-5223, 5228-5230, 8801-8802"
"""Mail; what Apple, Google and WhatsApp wake devices by; Zoom."""
ORDINARY_UDP = "123, 3478-3481, 8801-8810, 19302-19309"
"""Time; calls of Teams, Zoom and Meet."""
REFUSED = "reject with icmpx port-unreachable"
"""Said at once, so that a browser need not wait to try TCP."""
RESET = "meta l4proto tcp reject with tcp reset"


def forwarding(box: Box) -> list[str]:
    networks = box.network
    marked = f"ct mark {TO_BE_READ}"
    return [
        "ct state established,related accept",
        "ct state invalid drop",
        f"iifname != {cards(networks)} drop",  # nobody begins from outside
        f'oifname != "{box.outside}" drop',  # and networks do not reach each other
        f"ct mark != {TO_BE_READ} accept",
        f"{marked} udp dport 443 {counted(networks, 'quic')} {REFUSED}",
        f"{marked} ip daddr @resolvers4 goto tunnelled",  # before what no worker was there for
        f"{marked} ip6 daddr @resolvers6 goto tunnelled",
        *_missed(box),
        f"{marked} tcp dport {{ {ORDINARY_TCP} }} {counted(networks, 'ordinary')} accept",
        f"{marked} udp dport {{ {ORDINARY_UDP} }} {counted(networks, 'ordinary')} accept",
        f"{marked} meta l4proto {{ icmp, icmpv6 }} {counted(networks, 'ordinary')} accept",
        f"{marked} goto tunnelled",
    ]


def tunnelled(box: Box) -> list[str]:
    """A device's way round the box: any other port or protocol, and resolvers that hide what is looked up."""
    networks = box.network
    return [
        counted(networks, "tunnels"),
        *_named([network for network in networks if network.tunnels != Answer.PASS]),
        *_refused([network for network in networks if network.tunnels == Answer.BLOCK]),
        "accept",
    ]


def _missed(box: Box) -> list[str]:
    """A connection that a worker should have: none was there for it."""
    pairs = ", ".join(f"{quoted(n.interface)} . {port}" for n in box.network for port in read_ports(n))
    chosen = f"ct mark {TO_BE_READ} iifname . tcp dport {{ {pairs} }} {counted(box.network, 'missed')}"
    return [f"{chosen} {'reject with tcp reset' if box.fail == Fail.CLOSED else 'accept'}"]


def _named(networks: Iterable[Network]) -> list[str]:
    """Device, protocol and port, for the supervisor to read. A full set loses a name and stops nothing."""
    if not (named := list(networks)):
        return []
    rules = []
    for family, number in (("ip", 4), ("ip6", 6)):
        known = f"ct mark {TO_BE_READ} iifname {cards(named)} meta nfproto ipv{number}"
        device = f"{family} saddr . meta l4proto"
        rules += [
            f"{known} meta l4proto {{ tcp, udp }} update @tunnels{number} {{ {device} . th dport }}",
            f"{known} meta l4proto != {{ tcp, udp }} update @protocols{number} {{ {device} }}",
        ]
    return rules


def _refused(networks: Iterable[Network]) -> list[str]:
    if not (refused := list(networks)):
        return []
    there = f"ct mark {TO_BE_READ} iifname {cards(refused)}"
    return [f"{there} {RESET}", f"{there} {REFUSED}"]
