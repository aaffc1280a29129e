"""Hand one recorded connection in a clear protocol to the addons as mitmproxy would: a TCP flow and its messages."""

from collections import Counter

from mitmproxy.proxy.layers.tcp import TcpEndHook, TcpMessageHook, TcpStartHook
from mitmproxy.tcp import TCPFlow, TCPMessage

from proxy_addons.replay.ends import Ends, Hooks, client_of, server_of
from proxy_addons.replay.stream import Side


class ClearConversation:
    leads_to = ""

    def __init__(self, hooks: Hooks, ends: Ends, at: float) -> None:
        self._hooks = hooks
        self._flow = TCPFlow(client_of(ends, at), server_of(ends, at), live=True)
        self._ended: set[Side] = set()
        self._is_over = False
        self._unread: Counter[tuple[str, str]] = Counter()

    async def start(self) -> None:
        await self._hooks.handle_lifecycle(TcpStartHook(self._flow))

    async def data(self, side: Side, data: bytes, at: float) -> None:
        if self._is_over:
            self._unread["bytes of clear protocols", "behind a hole"] += len(data)
            return
        self._flow.messages.append(TCPMessage(side is Side.CLIENT, data, at))
        await self._hooks.handle_lifecycle(TcpMessageHook(self._flow))

    async def lost(self, side: Side, size: int, at: float) -> None:
        """What follows could be anything: a password may stand where a message seems to."""
        self._unread["bytes of clear protocols", "lost"] += size
        await self._finish()

    async def end(self, side: Side, at: float) -> None:
        self._ended.add(side)
        if len(self._ended) == len(Side):
            await self._finish()

    def leftover(self, side: Side) -> bytes:
        return b""

    def unread(self) -> Counter[tuple[str, str]]:
        """By (what, reason); to be asked once, at the end."""
        return +self._unread

    async def _finish(self) -> None:
        if not self._is_over:
            self._is_over = True
            await self._hooks.handle_lifecycle(TcpEndHook(self._flow))
