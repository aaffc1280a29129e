"""One recorded connection: find out what it speaks, and hand HTTP on to a conversation."""

from collections.abc import Callable

from proxy_addons.replay.conversation import Conversation, Ends
from proxy_addons.replay.protocols import Speaks, Tunnel, head_length, server_name, speaks, tunnel
from proxy_addons.replay.streams import Event, Side, What

NewConversation = Callable[[Ends, float, bool], Conversation]
Count = Callable[[str, str], None]
"""Takes what could not be read, and why."""


class Connection:
    def __init__(
        self, ends: Ends, new: NewConversation, unread: Count, tunnelled: Callable[[str], None], depth: int = 0
    ) -> None:
        self._ends, self._new, self._unread, self._tunnelled, self._depth = ends, new, unread, tunnelled, depth
        self._waiting: list[tuple[Side, bytes, float]] = []
        self._first = b""
        self._given_up = False
        self._conversation: Conversation | None = None
        self._inner: Connection | None = None

    async def feed(self, event: Event) -> None:
        if event.what is What.DATA:
            await self.data(event.side, event.data, event.at)
        else:
            await self.end(event.side, event.at)

    async def data(self, side: Side, data: bytes, at: float) -> None:
        if self._given_up:
            return
        if self._inner:
            await self._inner.data(side, data, at)
        elif self._conversation:
            await self._conversation.data(side, data, at)
        else:
            self._waiting.append((side, data, at))
            if side is Side.CLIENT:
                self._first += data
            await self._decide(at, last=False)

    async def end(self, side: Side, at: float) -> None:
        if not (self._given_up or self._inner or self._conversation):
            await self._decide(at, last=side is Side.SERVER)
        if self._inner:
            await self._inner.end(side, at)
        elif self._conversation:
            await self._conversation.end(side, at)

    async def _decide(self, at: float, *, last: bool) -> None:
        match speaks(self._first):
            case Speaks.HTTP1:
                await self._start(at, http2=False)
            case Speaks.HTTP2:
                await self._start(at, http2=True)
            case Speaks.CONNECT:
                await self._enter_tunnel(at)
            case Speaks.TLS:
                self._give_up("TLS connections", f"no keys{_named(server_name(self._first))}")
            case Speaks.OTHER:
                self._give_up("TCP connections", "not HTTP")
            case Speaks.UNDECIDED if last and self._waiting:
                self._give_up("TCP connections", "only one side was captured, or not HTTP")

    async def _start(self, at: float, *, http2: bool) -> None:
        self._conversation = self._new(self._ends, at, http2)
        await self._conversation.start()
        waiting, self._waiting = self._waiting, []
        for side, data, then in waiting:
            await self._conversation.data(side, data, then)

    async def _enter_tunnel(self, at: float) -> None:
        """Once both heads are whole, what follows them is a connection of its own."""
        answer = b"".join(data for side, data, _ in self._waiting if side is Side.SERVER)
        answer_length = head_length(answer)
        try:
            asked = tunnel(self._first)
        except ValueError as e:
            self._give_up("tunnels", str(e))
            return
        if asked is None or answer_length is None:
            return
        if answer.split(None, 2)[1:2] != [b"200"] or self._depth > 3:
            self._give_up("tunnels", "the proxy refused")
            return
        await self._go_inside(asked, answer_length)

    async def _go_inside(self, asked: Tunnel, answer_length: int) -> None:
        self._tunnelled(f"{asked.host}:{asked.port}")
        ends = Ends(self._ends.client, (asked.host, asked.port))
        self._inner = Connection(ends, self._new, self._unread, self._tunnelled, self._depth + 1)
        skip = {Side.CLIENT: asked.length, Side.SERVER: answer_length}
        waiting, self._waiting = self._waiting, []
        for side, data, then in waiting:
            rest, skip[side] = data[skip[side] :], max(0, skip[side] - len(data))
            if rest:
                await self._inner.data(side, rest, then)

    def _give_up(self, what: str, reason: str) -> None:
        self._unread(what, reason)
        self._given_up = True
        self._waiting.clear()


def _named(name: str) -> str:
    return f" (to {name})" if name else ""
