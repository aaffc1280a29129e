"""The box's resolver, one dnsmasq for all networks: what its clients may learn, and which answers open the fast way.

The rendered file is complete: dnsmasq is started with ``--conf-file`` alone and reads nothing else of the system's.
"""

import ipaddress
from collections.abc import Iterator

from appliance.provisioning import dedicated, encrypted_resolvers
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Answer
from detection.unopened.layers import Layers, load_layers

TABLE = "inet#gatehouse"
"""dnsmasq writes "#" where nft has a space."""
TRUST_CHECK = "trust-check"
"""In front of the box's own name: the host by which a device finds out whether it trusts the school's root."""
CACHED_SECONDS = 3600
"""dnsmasq adds to passed4 and passed6 when it asks, not when it remembers; what has fallen out of the sets (the ruleset
was loaded anew) is back after this time at the latest."""
AGREEING_SECONDS = 300
"""Names whose answers turn faster keep the same ones for this long, so that a worker which asks a moment after the
client hears what the client heard."""

CANARIES = ("use-application-dns.net",)
"""Firefox asks for it, and leaves its own encrypted resolver off where it does not exist."""
RELAYS = ("mask.icloud.com", "mask-h2.icloud.com")
"""Apple's private relay: a device that cannot find it says so to its owner and goes without."""
DESIGNATED = ("resolver.arpa",)
"""By which a client asks whether this resolver can be had encrypted (RFC 9462)."""


def dnsmasq(box: Box, left_closed: Layers | None = None) -> str:
    """The file's text. It names nobody, and dnsmasq is not told to write lookups down.

    ``left_closed``: with the trust's and the school's lists; what these open does not go past the workers.
    """
    parts = (_service(box), _upstream(box), _own_names(box), _refused(box), _passed(left_closed or load_layers()))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def own_names(box: Box) -> dict[str, str]:
    """Each name devices reach the box by, and what for."""
    _, _, domain = box.hostname.partition(".")
    return {
        box.hostname: "notice, certificate and PAC file",
        f"{TRUST_CHECK}.{box.hostname}": "answered by a worker",
        f"wpad.{domain}": "where devices look for a PAC file by themselves",
    }


def _service(box: Box) -> Iterator[str]:
    yield "# Made from box.toml by gatehouse provision; changes here are lost."
    yield "user=dnsmasq"
    yield "pid-file="
    yield "bind-dynamic"
    yield from (f"interface={network.interface}" for network in box.network)
    yield f"except-interface={box.outside}"
    yield "cache-size=10000"
    yield "dns-forward-max=1000"
    yield f"max-cache-ttl={CACHED_SECONDS}"
    yield f"min-cache-ttl={AGREEING_SECONDS}"


def _upstream(box: Box) -> Iterator[str]:
    """Without stop-dns-rebind: a school's own servers have private addresses, and its upstream may know their names."""
    yield "no-hosts"
    yield "domain-needed"
    if box.resolvers:
        yield "no-resolv"
        yield from (f"server={resolver}" for resolver in box.resolvers)
    yield "# Removed whole, and with them the keys of encrypted hellos (ECH) and the hint at HTTP/3:"
    yield "filter-rr=HTTPS,SVCB"


def _own_names(box: Box) -> Iterator[str]:
    """In each network the address there of the box, or of whichever of two works.

    IPv4 only: dnsmasq would tell those of IPv6 to all networks alike.
    """
    yield "localise-queries"
    for name in own_names(box):
        yield f"local=/{name}/"
        yield from (f"host-record={name},{n.shared or ipaddress.ip_interface(n.address).ip}" for n in box.network)


def _refused(box: Box) -> Iterator[str]:
    """Answered "no such name". The resolvers of others only where a network blocks tunnels: there is one dnsmasq."""
    names = [*CANARIES, *RELAYS, *DESIGNATED]
    if any(network.tunnels == Answer.BLOCK for network in box.network):
        names += encrypted_resolvers.domains()
    yield from (f"address=/{name}/" for name in names)


def _passed(left_closed: Layers) -> Iterator[str]:
    """One line each: dnsmasq cuts a line after 1024 characters."""
    for domain in filter(left_closed.closes_all_of, dedicated.domains()):
        yield f"nftset=/{domain}/4#{TABLE}#passed4,6#{TABLE}#passed6"
