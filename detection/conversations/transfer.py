"""A file that goes over a connection of its own, as the connection that is read announces it."""

import re
from dataclasses import dataclass

from detection.observation import Direction

_SIX = re.compile(rb"(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})")
_PORT_ALONE = re.compile(rb"\((.)\1\1(\d{1,5})\1\)")
_EXTENDED = re.compile(rb"(.)[12]\1([\da-fA-F.:]{2,45})\1(\d{1,5})\1")


@dataclass(slots=True, eq=False)
class Transfer:
    host: str
    """Where it is listened for; "" is the server that says so."""
    port: int
    name: str = ""
    """The file's, once it is asked for."""
    direction: Direction | None = None
    """None while no file is asked for, and where a listing is, or it was refused."""


def place_of(said: bytes) -> Transfer | None:
    """``h1,h2,h3,h4,p1,p2`` (RFC 959, PORT and 227), ``(|||port|)`` (RFC 2428, 229), ``|1|host|port|`` (EPRT)."""
    if found := _SIX.search(said):
        numbers = [int(each) for each in found.groups()]
        port = numbers[4] << 8 | numbers[5]
        return Transfer(".".join(map(str, numbers[:4])), port) if max(numbers) < 256 and port else None
    if found := _EXTENDED.search(said):
        return _at(found[2].decode().lower(), int(found[3]))
    if found := _PORT_ALONE.search(said):
        return _at("", int(found[2]))
    return None


def _at(host: str, port: int) -> Transfer | None:
    return Transfer(host, port) if 0 < port < 1 << 16 else None
