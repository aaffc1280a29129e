"""Read the hellos of a TLS handshake: the host asked for, versions, cipher suite, and what was agreed on."""

from dataclasses import dataclass
from functools import cached_property

from mitmproxy.net.check import is_valid_host

from proxy_addons.replay.tls.records import TlsError

_SERVER_NAME, _ALPN, _ENCRYPT_THEN_MAC, _PRE_SHARED_KEY, _EARLY_DATA, _VERSIONS = 0, 16, 22, 41, 42, 43
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random that makes a server's hello a HelloRetryRequest (RFC 8446, 4.1.3)."""

Extensions = dict[int, bytes]


@dataclass(frozen=True)
class ClientHello:
    random: bytes
    extensions: Extensions

    @cached_property
    def server_name(self) -> str:
        """As the gateway takes it: one name, and one that can be a host's. Empty if there is none."""
        names = self.extensions.get(_SERVER_NAME, b"")
        name = names[5:]
        one = len(names) > 5 and names[2] == 0 and len(name) == _two(names, 3) == _two(names, 0) - 3
        return name.decode("ascii") if one and is_valid_host(name) else ""

    @property
    def offers_early_data(self) -> bool:
        return _EARLY_DATA in self.extensions

    @cached_property
    def alpn(self) -> tuple[bytes, ...]:
        """What the client would speak, the best first."""
        return _protocols(self.extensions)


@dataclass(frozen=True)
class ServerHello:
    version: int
    random: bytes
    suite: int
    compressed: bool
    extensions: Extensions

    @property
    def is_retry(self) -> bool:
        return self.random == _RETRY

    @property
    def encrypts_then_macs(self) -> bool:
        return _ENCRYPT_THEN_MAC in self.extensions

    @property
    def resumes(self) -> bool:
        return _PRE_SHARED_KEY in self.extensions

    @property
    def alpn(self) -> bytes:
        return agreed_protocol(self.extensions)


def client_hello(body: bytes) -> ClientHello:
    """TlsError where it cannot be read. ``body``: without the message's header."""
    try:
        at = 35 + body[34]
        at += 2 + _two(body, at)
        at += 1 + body[at]
        return ClientHello(body[2:34], extensions(body[at:]))
    except IndexError as e:
        raise TlsError("a client's hello that cannot be read") from e


def server_hello(body: bytes) -> ServerHello:
    """TlsError where it cannot be read."""
    try:
        at = 35 + body[34]
        suite, compression = _two(body, at), body[at + 2]
        found = extensions(body[at + 3 :])
        version = _two(found[_VERSIONS], 0) if _VERSIONS in found else _two(body, 0)
        return ServerHello(version, body[2:34], suite, compression != 0, found)
    except IndexError as e:
        raise TlsError("a server's hello that cannot be read") from e


def encrypted_extensions(body: bytes) -> tuple[bytes, bool]:
    """The protocol agreed on, and whether early data was accepted."""
    try:
        found = extensions(body)
    except IndexError as e:
        raise TlsError("extensions that cannot be read") from e
    return agreed_protocol(found), _EARLY_DATA in found


def extensions(data: bytes) -> Extensions:
    """With their length before them; none at all is none. IndexError where they are cut off."""
    if not data:
        return {}
    found, at, end = Extensions(), 2, 2 + _two(data, 0)
    while at < end:
        start = at + 4
        at = start + _two(data, at + 2)
        if at > len(data):
            raise IndexError
        found.setdefault(_two(data, start - 4), data[start:at])
    return found


def agreed_protocol(found: Extensions) -> bytes:
    return next(iter(_protocols(found)), b"")


def _protocols(found: Extensions) -> tuple[bytes, ...]:
    data, at, names = found.get(_ALPN, b""), 2, list[bytes]()
    while at < len(data):
        names.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return tuple(names)


def _two(data: bytes, at: int) -> int:
    return data[at] << 8 | data[at + 1]
