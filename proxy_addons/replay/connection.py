"""One recorded connection: find out what it speaks, open what is opened, and hand it on to a conversation."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from proxy_addons.replay.ends import Ends, Tls
from proxy_addons.replay.opening import Opening
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.socks import SocksError, negotiated
from proxy_addons.replay.streams import Event, Side, What
from proxy_addons.replay.tls.layer import TlsLayer

DEEPEST = 4
"""Tunnels within tunnels."""


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

    def leaves_closed(self, names: tuple[str, ...]) -> bool:
        """Whether the gateway would not open TLS to a host of these names; that is counted."""

    def count(self, what: str, reason: str, number: int) -> None:
        """Takes what could not be read, why, and how much of it."""


class Connection:
    def __init__(
        self, ends: Ends, around: Surroundings, depth: int = 0, spoken: Callable[[], Speaks | None] = lambda: None
    ) -> None:
        """``spoken``: what both ends have agreed to speak, where that is known."""
        self._ends, self._around, self._depth, self._spoken = ends, around, depth, spoken
        self._opening: Opening | None = Opening()
        self._tls: TlsLayer | None = None
        self._has_asked = False
        """Whether the gateway would open this TLS at all."""
        self._conversation: Conversation | None = None
        self._inner: Connection | None = None
        self._turned = False
        self._over: set[Side] = set()

    async def feed(self, event: Event) -> None:
        """The client is who opened the connection, as far as packets tell; what is said may tell otherwise."""
        if self._turned:
            event = event._replace(side=event.side.other)
        if event.what is What.END:
            self._over.add(event.side)
        if self._tls:
            await self._open(self._tls, event)
        elif self._inner:
            await self._inner.feed(event)
        elif self._conversation:
            await self._converse(self._conversation, event)
        elif self._opening:
            self._opening.add(event)
            await self._decide(self._opening)
        if len(self._over) == len(Side):
            self._close()

    async def _decide(self, opening: Opening) -> None:
        if opening.is_turned:
            self._turn(opening)
        spoken = self._spoken() or opening.speaks
        if spoken is Speaks.OTHER and (asker := opening.http_begins()) is not None:
            if asker is Side.SERVER:
                self._turn(opening)
            spoken = Speaks.HTTP1
        if spoken in (Speaks.OTHER, Speaks.UNDECIDED) and not opening.is_enough:
            return
        if not self._around.plays(self._ends.client[0]):
            self._opening = None
            return
        match spoken:
            case Speaks.HTTP1 | Speaks.HTTP2 | Speaks.CLEAR:
                await self._start(opening, self._around.conversation(self._ends, opening.events[0].at, spoken))
            case Speaks.SOCKS:
                await self._through_socks(opening)
            case Speaks.TLS:
                self._opening, self._tls = None, self._around.tls()
                for event in opening.events:
                    if self._tls:
                        await self._open(self._tls, event)
            case Speaks.OTHER | Speaks.UNDECIDED:
                self._give_up("TCP connections", "nothing was said" if opening.is_silent else "no known protocol")

    def _turn(self, opening: Opening) -> None:
        """Who was taken for the server is the client."""
        opening.turn()
        self._ends = replace(self._ends, client=self._ends.server, server=self._ends.client)
        self._turned = not self._turned
        self._over = {side.other for side in self._over}

    async def _open(self, tls: TlsLayer, event: Event) -> None:
        for inside in tls.take(event):
            if self._is_left_alone(tls):
                return
            if not self._inner and inside.what is not What.END:
                self._go_into(tls)
            if self._inner:
                await self._inner.feed(inside)
        self._is_left_alone(tls)

    def _is_left_alone(self, tls: TlsLayer) -> bool:
        """Asked once, before anything that is inside is read."""
        if not self._has_asked and tls.asked_for is not None:
            self._has_asked = True
            if self._is_closed_to(*((tls.asked_for,) if tls.asked_for else ())):
                self._tls = None
        return self._tls is None

    def _go_into(self, tls: TlsLayer) -> None:
        ends = replace(self._ends, tls=Tls(tls.asked_for or "", tls.alpn))
        self._inner = self._inside(ends, lambda: tls.speaks)

    async def _start(self, opening: Opening, conversation: Conversation) -> None:
        self._opening, self._conversation = None, conversation
        await conversation.start()
        for event in opening.events:
            await (self._inner.feed(event) if self._inner else self._converse(conversation, event))

    async def _converse(self, conversation: Conversation, event: Event) -> None:
        if event.what is What.DATA:
            await conversation.data(event.side, event.data, event.at)
        elif event.what is What.LOST:
            await conversation.lost(event.side, event.size, event.at)
        else:
            await conversation.end(event.side, event.at)
        if conversation.leads_to:
            await self._leave(conversation, event)

    async def _leave(self, conversation: Conversation, event: Event) -> None:
        """What follows is in a tunnel, a connection of its own."""
        self._count(conversation.unread())
        host, _, port = conversation.leads_to.rpartition(":")
        if not host or not port.isdigit():
            self._give_up("tunnels", "what they lead to is not known")
            return
        rest = {side: conversation.leftover(side) for side in Side}
        events = [event._replace(what=What.DATA, side=side, data=said) for side, said in rest.items() if said]
        events += [event._replace(what=What.END, side=side, data=b"") for side in Side if side in self._over]
        await self._go_inside((host.strip("[]"), int(port)), events)

    async def _through_socks(self, opening: Opening) -> None:
        try:
            granted = negotiated(opening.said(Side.CLIENT), opening.said(Side.SERVER))
        except SocksError as e:
            self._give_up("tunnels", str(e))
            return
        if granted:
            lengths = {Side.CLIENT: granted.client, Side.SERVER: granted.server}
            await self._go_inside((granted.host, granted.port), opening.behind(lengths))
        elif opening.is_enough:
            self._give_up("tunnels", "the proxy's answer is missing")

    async def _go_inside(self, server: tuple[str, int], events: Iterable[Event]) -> None:
        inner = self._inside(Ends(self._ends.client, server, proxied=True))
        if inner is None:
            return
        self._opening, self._conversation, self._inner = None, None, inner
        for event in events:
            await inner.feed(event)

    def _inside(self, ends: Ends, spoken: Callable[[], Speaks | None] = lambda: None) -> "Connection | None":
        if self._depth >= DEEPEST:
            self._give_up("tunnels", "too many in one another")
            return None
        return Connection(ends, self._around, self._depth + 1, spoken)

    def _give_up(self, what: str, reason: str) -> None:
        self._around.count(what, reason, 1)
        self._opening = self._conversation = self._tls = None

    def _close(self) -> None:
        if self._conversation:
            self._count(self._conversation.unread())
        if self._tls and not self._may_not_be_named(self._tls):
            self._count(self._tls.unread())
        self._conversation = self._inner = self._opening = self._tls = None

    def _may_not_be_named(self, tls: TlsLayer) -> bool:
        """Who is never opened is not named either, where a hello that is cut off or a certificate tells who it is."""
        return not tls.asked_for and bool(tls.names) and self._is_closed_to(*tls.names)

    def _is_closed_to(self, *names: str) -> bool:
        """A proxy was told where to go as well."""
        return self._around.leaves_closed((*names, self._ends.server[0]) if self._ends.proxied else names)

    def _count(self, unread: Counter[tuple[str, str]]) -> None:
        for (what, reason), number in unread.items():
            self._around.count(what, reason, number)
