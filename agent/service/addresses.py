"""The addresses this device has now, without those that say nothing of where it is."""

import socket
import struct
import sys
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from agent.holding import Address

_ASK_ADDRESS = 0x8915
"""SIOCGIFADDR, of Linux."""
_IPV6 = Path("/proc/net/if_inet6")


def own_addresses() -> frozenset[Address]:
    found = _linux() if sys.platform == "linux" else _elsewhere()
    return frozenset(address for address in found if not (address.is_loopback or address.is_link_local))


def _linux() -> set[Address]:
    return _version_4() | _version_6(_IPV6)


def _version_4() -> set[Address]:
    if sys.platform == "win32":
        return set()
    import fcntl  # nowhere but here

    found = set[Address]()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for _, name in socket.if_nameindex():
            try:
                row = fcntl.ioctl(line.fileno(), _ASK_ADDRESS, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # an interface without an address
            found.add(ip_address(row[20:24]))
    return found


def _version_6(file: Path) -> set[Address]:
    try:
        rows = file.read_text("ascii").split("\n")
    except OSError:
        return set()
    return {IPv6Address(bytes.fromhex(row[:32])) for row in rows if row[:32]}


def _elsewhere() -> set[Address]:
    try:
        rows = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return set()
    return {ip_address(str(row[4][0]).partition("%")[0]) for row in rows}
