"""A library as it travels: one signed piece that says who built it, when, and after which other.

64 bytes of Ed25519 signature, then canonical JSON.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from nacl.bindings import crypto_sign_BYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from detection.group_libraries import Groups, dump_groups, edition, parse_groups
from detection.json_object import JsonObject
from detection.library import Library, dump, parse

FORMAT = 1


class Refusal(StrEnum):
    """What is wrong with a bundle."""

    SIGNATURE = "signature"
    OLDER = "older"
    UNREADABLE = "unreadable"


class BundleError(ValueError):
    """A bundle that must not be used; the message says why."""

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    library: Library
    serial: int
    """Rises by one with every release of a school."""
    built_by: str
    built_at: datetime
    rollback: bool = False
    """Whether it may take the place of one with a higher serial."""
    groups: Groups = field(default_factory=dict)
    """What differs for groups of the school's people."""

    @property
    def edition(self) -> str:
        return edition(self.library, self.groups)


def tag(serial: int, edition: str) -> str:
    """The ETag of a bundle, without its quotes."""
    return f"{serial}-{edition}"


def build(bundle: Bundle, key: SigningKey) -> bytes:
    table = {
        "format": FORMAT,
        "serial": bundle.serial,
        "built_by": bundle.built_by,
        "built_at": bundle.built_at.isoformat(),
        "rollback": bundle.rollback,
        "library": dump(bundle.library),
        "groups": dump_groups(bundle.library, bundle.groups),
    }
    content = json.dumps(table, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return bytes(key.sign(content.encode()))


def verify(signed: bytes, key: VerifyKey, in_force: int = 0, reader: "Reader | None" = None) -> Bundle:
    """BundleError unless it is signed with ``key``'s other half, whole, and no older than the serial in force."""
    try:
        key.verify(signed)
    except (BadSignatureError, ValueError):
        raise BundleError(
            Refusal.SIGNATURE, "the library is not signed with the appliance's key, or was changed on its way"
        ) from None
    return (reader or read)(signed, in_force)


def read(signed: bytes, in_force: int = 0) -> Bundle:
    """Without a look at the signature: for what lies in one's own store, whose key may have changed since."""
    with _unreadable():
        table = _table(signed)
        return _bundle(table, in_force, lambda: _library(table.get("library")))


Reader = Callable[[bytes, int], Bundle]
"""As ``read``."""


def about(signed: bytes) -> dict[str, Any]:
    """All that ``signed``, which was read before, says beside the library: plain JSON values."""
    return {name: value for name, value in _table(signed).items() if name != "library"}


def again(said: Mapping[str, Any], library: Library, in_force: int = 0) -> Bundle:
    """What ``read`` gives, of what was ``about`` it and its library."""
    with _unreadable():
        return _bundle(said, in_force, lambda: library)


def _table(signed: bytes) -> Any:
    return json.loads(signed[crypto_sign_BYTES:])


def _bundle(table: Any, in_force: int, library_of: Callable[[], Library]) -> Bundle:
    top = JsonObject(table)
    if (found := top.whole("format")) != FORMAT:
        said = f"the library is of format {found}, this program reads {FORMAT}; bring it up to date"
        raise BundleError(Refusal.UNREADABLE, said)
    serial, rollback = top.whole("serial"), top.truth("rollback")
    if serial < in_force and not rollback:
        said = f"the library is older (serial {serial}) than the one in force (serial {in_force})"
        raise BundleError(Refusal.OLDER, said)
    library = library_of()
    return Bundle(
        library=library,
        serial=serial,
        built_by=top.text("built_by"),
        built_at=top.time("built_at"),
        rollback=rollback,
        groups=parse_groups(table.get("groups", []), library),
    )


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except BundleError:
        raise
    except (ValueError, RecursionError) as e:  # WireError and LibraryError among them
        raise BundleError(Refusal.UNREADABLE, f"the library cannot be read: {e}") from e


def _library(table: object) -> Library:
    library = parse(table)
    said = table.get("version") if isinstance(table, dict) else None
    if said != library.version:
        raise ValueError(f"the library says it is version {said}, but its content is version {library.version}")
    return library
