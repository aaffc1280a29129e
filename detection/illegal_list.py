"""A list of illegal addresses and files as a school is given it: signed, and holding hashes alone.

64 bytes of Ed25519 signature, then canonical JSON. Addresses are hashed with the list's own salt, in the forms of
``detection.listed_forms``; files by what their makers hash them with.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nacl.bindings import crypto_sign_BYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from detection.json_object import JsonObject
from detection.listed_forms import forms, hosts

FORMAT = 1
KIND = "illegal"
ALGORITHMS = {"sha256": 32, "md5": 16}
"""What a body may be hashed with, and how many bytes that gives."""


class ListError(ValueError):
    """A list that must not be used; the message says why, and quotes nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IllegalList:
    name: str
    """As the safeguarding lead reads it: “IWF URL list”."""
    serial: int
    """Rises with every edition."""
    built_by: str
    built_at: datetime
    salt: bytes
    hosts: frozenset[bytes]
    """Of every listed address its host: most requests need to be asked no more."""
    addresses: frozenset[bytes]
    bodies: dict[str, frozenset[bytes]]
    """By algorithm."""

    @property
    def entries(self) -> int:
        return len(self.addresses) + sum(map(len, self.bodies.values()))

    def names_host(self, host: str) -> bool:
        """Whether it lists the host, or anything there."""
        return any(self._hashed(name) in self.hosts for name in hosts(host))

    def address(self, host: str, target: str) -> str:
        """Which entry lists the address, as hexadecimal digits; empty if none does."""
        if not self.addresses or not self.names_host(host):
            return ""
        hashed = map(self._hashed, forms(host, target))
        return next((found.hex() for found in hashed if found in self.addresses), "")

    def _hashed(self, form: str) -> bytes:
        return salted(self.salt, form)


def body_hash(written: str) -> bytes:
    """ValueError where it is none of the known hashes in hexadecimal."""
    try:
        found = bytes.fromhex(written)
    except ValueError:
        found = b""
    if len(found) not in ALGORITHMS.values():
        raise ValueError("must be 64 hexadecimal digits (SHA-256) or 32 (MD5)")
    return found


def salted(salt: bytes, form: str) -> bytes:
    return hashlib.sha256(salt + form.encode("utf-8", "surrogateescape")).digest()


def made(
    *,
    name: str,
    serial: int,
    built_by: str,
    built_at: datetime,
    salt: bytes,
    addresses: Iterable[tuple[str, str]] = (),
    bodies: Iterable[bytes] = (),
) -> IllegalList:
    """``addresses`` as ``listed_forms.entry`` gives them, ``bodies`` as ``body_hash`` does."""
    listed, hashes = tuple(addresses), tuple(bodies)
    return IllegalList(
        name=name,
        serial=serial,
        built_by=built_by,
        built_at=built_at,
        salt=salt,
        hosts=frozenset(salted(salt, host) for host, _ in listed),
        addresses=frozenset(salted(salt, form) for _, form in listed),
        bodies={of: frozenset(one for one in hashes if len(one) == size) for of, size in ALGORITHMS.items()},
    )


def build(made: IllegalList, key: SigningKey) -> bytes:
    table = {
        "format": FORMAT,
        "kind": KIND,
        "name": made.name,
        "serial": made.serial,
        "built_by": made.built_by,
        "built_at": made.built_at.isoformat(),
        "salt": made.salt.hex(),
        "hosts": _packed(made.hosts),
        "addresses": _packed(made.addresses),
        **{of: _packed(made.bodies.get(of, frozenset())) for of in ALGORITHMS},
    }
    return bytes(key.sign(json.dumps(table, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()))


def verify(signed: bytes, key: VerifyKey, in_force: int = 0) -> IllegalList:
    """ListError unless it is signed with ``key``'s other half, whole, and no older than the serial in force."""
    try:
        key.verify(signed)
    except (BadSignatureError, ValueError):
        raise ListError("is not signed with the key for such lists, or was changed since") from None
    try:
        top = JsonObject(json.loads(signed[crypto_sign_BYTES:]))
        if (top.text("kind"), top.whole("format")) != (KIND, FORMAT):
            raise ListError(f"is not a list of illegal content in format {FORMAT}, which this program reads")
        if (serial := top.whole("serial")) < in_force:
            raise ListError(f"is older (serial {serial}) than the one in force (serial {in_force})")
        return IllegalList(
            name=top.text("name"),
            serial=serial,
            built_by=top.text("built_by"),
            built_at=top.time("built_at"),
            salt=bytes.fromhex(top.text("salt")),
            hosts=_unpacked(top, "hosts", 32),
            addresses=_unpacked(top, "addresses", 32),
            bodies={of: _unpacked(top, of, size) for of, size in ALGORITHMS.items()},
        )
    except ListError:
        raise
    except (ValueError, RecursionError) as e:  # WireError among them
        raise ListError(f"cannot be read: {e}") from e


def _packed(digests: frozenset[bytes]) -> str:
    return base64.b64encode(b"".join(sorted(digests))).decode("ascii")


def _unpacked(top: JsonObject, name: str, size: int) -> frozenset[bytes]:
    packed = base64.b64decode(top.text(name), validate=True)
    if len(packed) % size:
        raise ValueError(f"{name}: is cut off")
    return frozenset(packed[at : at + size] for at in range(0, len(packed), size))
