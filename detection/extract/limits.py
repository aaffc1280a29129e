"""How a reader says that a limit made it leave something unread, so that whoever asked for the reading hears of it.

What was found before stands. Not passed from hand to hand, for a limit may be met at any depth of any reader: it is
noted for what is being read on this thread.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
Text = TypeVar("Text", str, bytes)


class Inflates(Protocol):
    """What ``zlib.decompressobj`` gives."""

    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


@dataclass(slots=True)
class Noted:
    left_out: bool = False


_reading: ContextVar[Noted | None] = ContextVar("reading", default=None)


@contextmanager
def noticing() -> Iterator[Noted]:
    """Whether anything was left out of what is read in the block: to be asked after it, all passages taken."""
    noted = Noted()
    before = _reading.set(noted)
    try:
        yield noted
    finally:
        _reading.reset(before)


def leave_out() -> None:
    """For a reader: what follows goes unread because a limit is reached."""
    if noted := _reading.get():
        noted.left_out = True


def at_most(found: Iterable[T], most: int) -> Iterator[T]:
    """The first ``most``; whether there are more is noted."""
    for count, each in enumerate(found):
        if count >= most:
            leave_out()
            return
        yield each


def cut(text: Text, most: int) -> Text:
    """The first ``most`` characters or bytes; whether there are more is noted."""
    if len(text) <= most:
        return text
    leave_out()
    return text[:most]


def first_fields(form: str, most: int) -> str:
    """The first ``most`` fields of a form or of an address's query, as they stand there; more are noted."""
    pieces = form.split("&", most)
    if len(pieces) > most:
        leave_out()
        del pieces[most:]
    return "&".join(pieces)


def inflated(inflate: Inflates, packed: bytes, most: int) -> bytes:
    """At most ``most`` bytes of what zlib unpacks; more are noted. Raises ``zlib.error``."""
    if most <= 0:  # which zlib takes for no limit
        leave_out()
        return b""
    plain = inflate.decompress(packed, most)
    if len(plain) >= most and not inflate.eof:
        leave_out()
    return plain
