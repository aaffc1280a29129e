"""What the phases of a recorded connection need of it, and of the stage it is played on."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from proxy_addons.replay.ends import Ends
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.stream import Event, Side
from proxy_addons.replay.tls.layer import TlsLayer


class Conversation(Protocol):
    """A connection of which it is known what is spoken."""

    @property
    def leads_to(self) -> str:
        """The target of a tunnel, once it has ended in one."""

    async def start(self) -> None: ...

    async def data(self, side: Side, data: bytes, at: float) -> None: ...

    async def lost(self, side: Side, size: int, at: float) -> None: ...

    async def end(self, side: Side, at: float) -> None: ...

    def leftover(self, side: Side) -> bytes:
        """What a side had said already in the tunnel."""

    def unread(self) -> Counter[tuple[str, str]]:
        """What could not be read, by (what, reason); to be asked once, at the end."""


class Surroundings(Protocol):
    """What a connection needs of the stage."""

    def conversation(self, ends: Ends, at: float, spoken: Speaks) -> Conversation: ...

    def tls(self) -> TlsLayer: ...

    def plays(self, client: str) -> bool:
        """Whether a client's connections are played here, or by another job."""

    def awaits_file(self, ends: Ends) -> bool:
        """Whether another connection has said that a file goes over this one."""

    def leaves_closed(self, names: tuple[str, ...]) -> bool:
        """Whether the gateway would not open TLS to a host of these names; that is counted."""

    def count(self, what: str, reason: str, number: int) -> None:
        """Takes what could not be read, why, and how much of it."""


class Phase(Protocol):
    """How far a connection is understood."""

    async def feed(self, event: Event) -> None: ...

    def close(self) -> None:
        """Both sides have ended."""


class Inner(Protocol):
    """A connection within the connection."""

    async def feed(self, event: Event) -> None: ...


class Course(Protocol):
    """A connection, as its phases see it."""

    ends: Ends
    around: Surroundings
    over: set[Side]
    """Who sends no more."""

    def turn(self) -> None:
        """Who was taken for the server is the client."""

    async def become(self, phase: Phase, events: Iterable[Event] = ()) -> None:
        """``phase`` is the next, and what is there already is told to it, and to what may follow it."""

    def inside(self, ends: Ends, spoken: Callable[[], Speaks | None] = lambda: None) -> Inner | None:
        """One within this; None where they lie too deep, which is counted, and the end of this."""

    def give_up(self, what: str, reason: str) -> None:
        """It is counted as unread, and not read on."""

    def ignore(self) -> None:
        """It is not read on, which is as it should be."""
