"""What a reader of a clear protocol takes and gives: a side's bytes in order, and what was said once it is whole."""

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar, Protocol

from detection.extract.said import Said


class Unseen(StrEnum):
    """Why the rest of a connection cannot be read."""

    ENCRYPTED = "encrypted"
    """Both sides agreed to go on in TLS."""
    PACKED = "packed"
    """Both sides agreed on a compression."""
    BROKEN = "broken"
    """What came is not in the protocol, or longer than anything is held for."""


class Reads(Protocol):
    """Whatever the bytes, and however they are cut, no exception and the same things said."""

    name: ClassVar[str]
    """The protocol's, as people know it."""

    @property
    def unseen(self) -> Unseen | None: ...

    @property
    def size(self) -> int:
        """Bytes held until something is complete."""

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        """To be gone through to its end."""
