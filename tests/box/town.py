"""A small town of network namespaces: pupils, guests, the gateway between them and the internet; IPv4 and IPv6.

    pupils   192.0.2.10 … .17       lan ── pupils  gateway  outside ── wan   internet  203.0.113.10 … .12
             2001:db8:1::10 … ::17                 .1, ::1                             2001:db8:2::10 … ::12
    guests   198.51.100.10, .11     lan ── guests
             2001:db8:3::10, ::11                  .1, ::1

The gateway routes and does nothing else: what stands between is the test's. Several towns do not meet.
"""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.box.place import Place, make

PUPILS4 = tuple(f"192.0.2.{n}" for n in range(10, 18))
PUPILS6 = tuple(f"2001:db8:1::{n}" for n in range(10, 18))
GUESTS4, GUESTS6 = ("198.51.100.10", "198.51.100.11"), ("2001:db8:3::10", "2001:db8:3::11")
WEB, CHAT, H2 = tuple((f"203.0.113.{n}", f"2001:db8:2::{n}") for n in (10, 11, 12))
"""Where the internet's hosts are; ``origin.py`` serves them."""
GATEWAY_PUPILS, GATEWAY_PUPILS6 = "192.0.2.1", "2001:db8:1::1"
GATEWAY_GUESTS, GATEWAY_GUESTS6 = "198.51.100.1", "2001:db8:3::1"
NAMES = {
    "web.test": WEB,
    "forum.test": WEB,
    "search.test": WEB,
    "chat.test": CHAT,
    "h2.test": H2,
}
"""In everybody's hosts file, until a test writes another with ``Place.hosts``."""
SYSCTLS = (
    "net.ipv4.ip_forward=1",
    "net.ipv6.conf.all.forwarding=1",
    "net.ipv4.conf.all.send_redirects=0",
    "net.ipv4.conf.default.send_redirects=0",
)
PREFIX = "gh"


@dataclass(frozen=True)
class Town:
    pupils: Place
    guests: Place
    gateway: Place
    internet: Place

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.pupils, self.guests, self.gateway, self.internet)


def why_not() -> str | None:
    """Why no town can be made here, if so."""
    if os.getuid() != 0:
        return "network namespaces need root"
    probe = f"{PREFIX}-{os.getpid()}-probe"
    tried = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        return f"no network namespaces here: {tried.stderr.strip()}"
    subprocess.run(["ip", "netns", "delete", probe], check=True)
    return None


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Until the end of the block, however that ends. What programs say is written to ``folder``."""
    _forget_the_dead()
    unique = f"{PREFIX}-{os.getpid()}-{secrets.token_hex(2)}"
    with ExitStack() as stack:

        def place(name: str) -> Place:
            made = make(f"{unique}-{name}", folder / f"{name}.log")
            stack.callback(made.close)
            made.hosts(NAMES)
            return made

        made = Town(place("pupils"), place("guests"), place("gateway"), place("internet"))
        made.gateway.run("sysctl", "-qw", *SYSCTLS)
        _wire(made.pupils, "lan", (PUPILS4, PUPILS6), made.gateway, "pupils", (GATEWAY_PUPILS, GATEWAY_PUPILS6))
        _wire(made.guests, "lan", (GUESTS4, GUESTS6), made.gateway, "guests", (GATEWAY_GUESTS, GATEWAY_GUESTS6))
        far4, far6 = zip(WEB, CHAT, H2, strict=True)
        _wire(made.internet, "wan", (far4, far6), made.gateway, "outside", ("203.0.113.1", "2001:db8:2::1"))
        yield made


def _wire(
    place: Place,
    card: str,
    addresses: tuple[tuple[str, ...], tuple[str, ...]],
    gateway: Place,
    there: str,
    near: tuple[str, str],
) -> None:
    """A cable from the place's card to one of the gateway's, which becomes the place's way out."""
    _ip("link", "add", card, "netns", place.name, "type", "veth", "peer", "name", there, "netns", gateway.name)
    for each, name, (fours, sixes) in ((place, card, addresses), (gateway, there, ((near[0],), (near[1],)))):
        for four in fours:
            _ip("-n", each.name, "address", "add", f"{four}/24", "dev", name)
        for six in sixes:
            _ip("-n", each.name, "address", "add", f"{six}/64", "dev", name, "nodad")
        _ip("-n", each.name, "link", "set", name, "up")
    _ip("-n", place.name, "route", "add", "default", "via", near[0])
    _ip("-n", place.name, "-6", "route", "add", "default", "via", near[1])


def _forget_the_dead() -> None:
    """Remove what a test that was killed outright has left."""
    for file in Path("/run/netns").glob(f"{PREFIX}-*-*-*"):
        pid = file.name.split("-")[1]
        if pid.isdigit() and not Path("/proc", pid).exists():
            Place(file.name, Path("/dev/null")).close()


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"
