"""One recorded connection: find out what it speaks, and hand it on to a conversation."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from proxy_addons.replay.ends import Ends
from proxy_addons.replay.opening import Opening
from proxy_addons.replay.protocols import Speaks, server_name
from proxy_addons.replay.socks import SocksError, negotiated
from proxy_addons.replay.streams import Event, Side, What

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


NewConversation = Callable[[Ends, float, Speaks], Conversation]
Count = Callable[[str, str, int], None]
"""Takes what could not be read, why, and how much of it."""


class Connection:
    def __init__(self, ends: Ends, new: NewConversation, unread: Count, depth: int = 0) -> None:
        self._ends, self._new, self._unread, self._depth = ends, new, unread, depth
        self._opening: Opening | None = Opening()
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
        if self._inner:
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
            opening.turn()
            self._ends = Ends(self._ends.server, self._ends.client, self._ends.proxied)
            self._turned = not self._turned
            self._over = {side.other for side in self._over}
        match opening.speaks:
            case Speaks.HTTP1 | Speaks.HTTP2 | Speaks.CLEAR as spoken:
                await self._start(opening, self._new(self._ends, opening.events[0].at, spoken))
            case Speaks.SOCKS:
                await self._through_socks(opening)
            case Speaks.TLS:
                name = server_name(opening.said(Side.CLIENT))
                self._give_up("TLS connections", f"no keys (to {name})" if name else "no keys")
            case Speaks.OTHER:
                self._give_up("TCP connections", "no known protocol")
            case Speaks.UNDECIDED if opening.is_enough:
                self._give_up("TCP connections", "nothing was said" if opening.is_silent else "no known protocol")

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
        self._count(conversation)
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
        if self._depth >= DEEPEST:
            self._give_up("tunnels", "too many in one another")
            return
        self._opening = self._conversation = None
        ends = Ends(self._ends.client, server, proxied=True)
        self._inner = Connection(ends, self._new, self._unread, self._depth + 1)
        for event in events:
            await self._inner.feed(event)

    def _give_up(self, what: str, reason: str) -> None:
        self._unread(what, reason, 1)
        self._opening = self._conversation = None

    def _close(self) -> None:
        if self._conversation:
            self._count(self._conversation)
        self._conversation = self._inner = self._opening = None

    def _count(self, conversation: Conversation) -> None:
        for (what, reason), number in conversation.unread().items():
            self._unread(what, reason, number)
        self._conversation = None
