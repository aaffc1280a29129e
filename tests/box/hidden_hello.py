"""What a host publishes so that browsers encrypt their hellos to it (ECH): an HTTPS record with a real key in it."""

import struct

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

X25519, SHA256, AES128 = 0x20, 1, 1


def https_record(outer: str) -> str:
    """In hex. ``outer``: the name that stands on the outside of the hello. Nobody keeps the key's other half."""
    key = X25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    name = outer.encode()
    said = struct.pack("!BHH", 7, X25519, len(key)) + key + struct.pack("!HHH", 4, SHA256, AES128)
    said += bytes([0, len(name)]) + name + bytes(2)
    config = struct.pack("!HH", 0xFE0D, len(said)) + said
    keys = struct.pack("!H", len(config)) + config
    protocols = b"\x08http/1.1"
    record = struct.pack("!HB", 1, 0) + struct.pack("!HH", 1, len(protocols)) + protocols
    return (record + struct.pack("!HH", 5, len(keys)) + keys).hex()
