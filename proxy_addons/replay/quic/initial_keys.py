"""The keys of a client's first QUIC packets, which anybody can make who sees them (RFC 9001, 5.2; RFC 9369)."""

import hmac
from dataclasses import dataclass
from typing import NamedTuple

from proxy_addons.replay.tls.key_schedule import expand_label

_HASH = "sha256"


@dataclass(frozen=True, slots=True)
class Version:
    salt: bytes
    label: bytes = b"quic"
    initial: int = 0
    """The type of an Initial packet, two bits."""


_ONE = Version(bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"))
_TWO = Version(bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9"), b"quicv2", 1)
_DRAFT_29 = Version(bytes.fromhex("afbfec289993d24c9e9786f19c6111e04390a899"))
_DRAFT_23 = Version(bytes.fromhex("c3eef712c72ebb5a11a7d2432bb46365bef9f502"))
_DRAFT = 0xFF000000

VERSIONS: dict[int, Version] = {
    1: _ONE,
    0x6B3343CF: _TWO,
    **{_DRAFT + draft: _DRAFT_23 for draft in range(23, 29)},
    **{_DRAFT + draft: _DRAFT_29 for draft in range(29, 33)},
    **{_DRAFT + draft: _ONE for draft in range(33, 35)},
}


class InitialKeys(NamedTuple):
    key: bytes
    iv: bytes
    header: bytes
    """What hides the packet's number."""


def initial_keys(version: Version, destination: bytes) -> InitialKeys:
    """Of what the client says. ``destination``: the connection id that its first packet was sent to."""
    secret = hmac.digest(version.salt, destination, _HASH)
    client = expand_label(secret, b"client in", 32, _HASH)
    sizes = {b" key": 16, b" iv": 12, b" hp": 16}
    return InitialKeys(*(expand_label(client, version.label + name, size, _HASH) for name, size in sizes.items()))
