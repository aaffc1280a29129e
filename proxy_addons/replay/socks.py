"""The few bytes at the beginning of a connection through a SOCKS proxy (versions 4, 4a and 5)."""

from dataclasses import dataclass
from ipaddress import ip_address

LONGEST = 1024
"""Bytes of a side's part of the negotiation at most, names and passwords included."""
_LENGTHS = {1: 4, 4: 16}


class SocksError(ValueError):
    """Not a SOCKS proxy's client, or refused."""


@dataclass(frozen=True, slots=True)
class Granted:
    host: str
    port: int
    client: int
    """Bytes the client's part of the negotiation takes."""
    server: int


def negotiated(client: bytes, server: bytes) -> Granted | None:
    """What was agreed on by these first bytes of either side; None while more are needed."""
    if max(len(client), len(server)) > LONGEST and not server:
        raise SocksError("no answer from the proxy")
    try:
        return _version_4(client, server) if client[0] == 4 else _version_5(client, server)
    except IndexError:
        return None


def _version_4(client: bytes, server: bytes) -> Granted:
    port, address = int.from_bytes(client[2:4], "big"), _whole(client, 4, 4)
    end = _behind_zero(client, 8)
    host = str(ip_address(address))
    if address[:3] == bytes(3) and address[3]:
        end, start = _behind_zero(client, end), end
        host = client[start : end - 1].decode("latin-1")
    if _whole(server, 0, 8)[1] != 0x5A:
        raise SocksError("the proxy refused")
    return Granted(host, port, end, 8)


def _version_5(client: bytes, server: bytes) -> Granted:
    at_client, at_server = 2 + client[1], 2
    _whole(client, 0, at_client)
    method = _whole(server, 0, 2)[1]
    if method == 2:
        name = client[at_client + 1]
        at_client += 3 + name + client[at_client + 2 + name]
        if _whole(server, 2, 2)[1] != 0:
            raise SocksError("the proxy refused")
        at_server = 4
    elif method != 0:
        raise SocksError("the proxy refused")
    host, port, at_client = _address(client, at_client)
    if server[at_server + 1] != 0:
        raise SocksError("the proxy refused")
    return Granted(host, port, at_client, _address(server, at_server)[2])


def _address(data: bytes, start: int) -> tuple[str, int, int]:
    """Host, port, and where they end."""
    kind, start = data[start + 3], start + 4
    if kind == 3:
        length = data[start]
        host, start = _whole(data, start + 1, length).decode("latin-1"), start + 1 + length
    elif kind in _LENGTHS:
        host, start = str(ip_address(_whole(data, start, _LENGTHS[kind]))), start + _LENGTHS[kind]
    else:
        raise SocksError("an address of unknown kind")
    return host, int.from_bytes(_whole(data, start, 2), "big"), start + 2


def _whole(data: bytes, start: int, length: int) -> bytes:
    """IndexError while it is not all there."""
    if len(data) < start + length:
        raise IndexError
    return data[start : start + length]


def _behind_zero(data: bytes, start: int) -> int:
    found = data.find(b"\0", start)
    if found < 0:
        raise IndexError
    return found + 1
