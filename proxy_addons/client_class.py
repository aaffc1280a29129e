"""Tell clients of one kind by how they greet, never one person's from another's: all of an app's version greet alike.

Of the form of JA4 (version, how many ciphers and extensions, protocol, a hash of either), without what changes from one
connection of the same client to the next.
"""

import struct
from collections.abc import Sequence
from hashlib import sha256

from mitmproxy.tls import ClientHello

_SNI, _SIGNATURES, _ALPN, _PADDING, _RESUMED, _EARLY, _VERSIONS, _COOKIE = 0, 13, 16, 21, 41, 42, 43, 44
_CHANGING = frozenset({_SNI, _ALPN, _PADDING, _RESUMED, _EARLY, _COOKIE})
"""Not the client's own: the host, what a request is for, and what an earlier connection has left behind."""


def client_class(hello: ClientHello) -> str:
    """Such as "13-h2-15-14-8daaf6152771-02713d6af862"."""
    said = hello.extensions
    bodies = {kind: bytes(body) for kind, body in said if kind in (_SIGNATURES, _VERSIONS)}
    kinds = sorted(kind for kind, _ in said if kind not in _CHANGING and not _made_up(kind))
    ciphers = sorted(cipher for cipher in hello.cipher_suites if not _made_up(cipher))
    signatures = _numbers(bodies.get(_SIGNATURES, b"")[2:])
    version = max(_numbers(bodies.get(_VERSIONS, b"")[1:]), default=0x0303)
    protocol = next((p.decode("ascii", "replace") for p in hello.alpn_protocols if p.isalnum() or b"/" in p), "none")
    return "-".join(
        (
            {0x0304: "13", 0x0303: "12"}.get(version, "old"),
            protocol.replace("/", "").replace(".", "").replace("-", "")[:8] or "none",
            str(len(ciphers)),
            str(len(kinds)),
            _hash(ciphers),
            _hash([*kinds, 0, *signatures]),
        )
    )


def described(name: str) -> str:
    """For a person, who cannot see an app in it, but which lines are about the same one."""
    version, protocol, ciphers, extensions, *_ = [*name.split("-"), "", "", "", ""]
    spelt = {"13": "TLS 1.3", "12": "TLS 1.2"}.get(version, "an old TLS")
    return f"{name} ({spelt}, asks for {protocol or 'nothing'}, {ciphers} ciphers, {extensions} extensions)"


def _made_up(number: int) -> bool:
    """GREASE (RFC 8701): browsers say a few numbers that mean nothing, others each time."""
    return number & 0x0F0F == 0x0A0A and number >> 8 == number & 0xFF


def _numbers(packed: bytes) -> list[int]:
    found = (int.from_bytes(packed[at : at + 2], "big") for at in range(0, len(packed) - 1, 2))
    return [number for number in found if not _made_up(number)]


def _hash(numbers: Sequence[int]) -> str:
    return sha256(struct.pack(f"!{len(numbers)}H", *numbers)).hexdigest()[:12]
