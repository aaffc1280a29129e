"""From the secrets of a key log to keys: the PRF of TLS 1.2 (RFC 5246, 5), the expansion of TLS 1.3 (RFC 8446, 7)."""

import hmac
import struct


def prf(secret: bytes, label: bytes, seed: bytes, size: int, hash_name: str) -> bytes:
    seed = label + seed
    block, made = seed, b""
    while len(made) < size:
        block = hmac.digest(secret, block, hash_name)
        made += hmac.digest(secret, block + seed, hash_name)
    return made[:size]


def expand_label(secret: bytes, label: bytes, size: int, hash_name: str) -> bytes:
    """Without a context, which the keys of records do not have."""
    full = b"tls13 " + label
    info = struct.pack("!HB", size, len(full)) + full + b"\0"
    block, made, count = b"", b"", 1
    while len(made) < size:
        block = hmac.digest(secret, block + info + bytes([count]), hash_name)
        made, count = made + block, count + 1
    return made[:size]


def next_secret(secret: bytes, hash_name: str) -> bytes:
    """Behind a key update."""
    return expand_label(secret, b"traffic upd", len(secret), hash_name)
