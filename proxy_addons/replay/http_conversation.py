"""Drive mitmproxy's own HTTP layer with the recorded bytes of one connection, so that the live addons see the flows."""

from collections import Counter, deque
from typing import Any, Protocol

from mitmproxy import options
from mitmproxy.connection import Connection
from mitmproxy.http import HTTPFlow, Request
from mitmproxy.proxy import commands, events
from mitmproxy.proxy.context import Context

from proxy_addons.replay.ends import Ends, Hooks, client_of, server_of
from proxy_addons.replay.http1_pairing import Told
from proxy_addons.replay.http1_recording import Http1Recording
from proxy_addons.replay.http2_recording import Http2Recording
from proxy_addons.replay.http_layer import ReplayHttpLayer
from proxy_addons.replay.http_recording import BytesLost, HttpRecording
from proxy_addons.replay.stream import Side


class Books(Protocol):
    """Where is kept what was asked, and the bodies."""

    def piece(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None: ...

    def connect(self, target: str) -> Told: ...


class HttpConversation:
    """One connection, seen whole: nothing is sent anywhere, everything the layer would send is dropped."""

    def __init__(self, hooks: Hooks, books: Books, opts: options.Options, ends: Ends, at: float, *, http2: bool):
        self._hooks, self._books, self._at = hooks, books, at
        self._requests = 0
        self._client, self._server = client_of(ends, at), server_of(ends, at)
        if http2:
            self._client.alpn = self._server.alpn = b"h2"
        context = Context(self._client, opts)
        context.server = self._server
        self._recording: HttpRecording[Any] = (
            Http2Recording(context) if http2 else Http1Recording(context, self._connect)
        )
        self._layer = ReplayHttpLayer(context, books.piece, self._recording, proxied=ends.proxied)

    @property
    def leads_to(self) -> str:
        """The target of a tunnel, once HTTP has ended in one."""
        return self._recording.leads_to

    @property
    def upgraded(self) -> Request | None:
        """What was asked when both ends agreed to go on in HTTP/2."""
        return self._recording.upgraded

    def leftover(self, side: Side) -> bytes:
        """What a side had said already in the tunnel."""
        return self._recording.leftover(self._of(side))

    async def start(self) -> None:
        await self._handle(events.Start())

    async def data(self, side: Side, data: bytes, at: float) -> None:
        self._at = at
        await self._handle(events.DataReceived(self._of(side), data))

    async def lost(self, side: Side, size: int, at: float) -> None:
        self._at = at
        await self._handle(BytesLost(self._of(side), size))

    async def end(self, side: Side, at: float) -> None:
        self._at = at
        await self._handle(events.ConnectionClosed(self._of(side)))

    def unread(self) -> Counter[tuple[str, str]]:
        """What could not be read, by (what, reason); to be asked once, at the end."""
        found = self._recording.unread.copy()
        found["bytes of HTTP", "belong to no message, as far as can be made out"] += self._recording.skipped
        found["TCP connections", "no request or answer could be made out"] += not self._requests
        return +found

    def _connect(self, target: str) -> Told:
        self._requests += 1
        return self._books.connect(target)

    def _of(self, side: Side) -> Connection:
        return self._client if side is Side.CLIENT else self._server

    async def _handle(self, event: events.Event) -> None:
        waiting = deque([event])
        while waiting:
            for command in self._layer.handle_event(waiting.popleft()):
                if answer := await self._obey(command):
                    waiting.append(answer)

    async def _obey(self, command: commands.Command) -> events.Event | None:
        if isinstance(command, commands.StartHook):
            (flow,) = command.args()
            if isinstance(flow, HTTPFlow):
                _stamp(flow, command.name, self._at)
                self._requests += command.name == "requestheaders"
            await self._hooks.handle_lifecycle(command)
            return events.HookCompleted(command, None) if command.blocking else None
        if isinstance(command, commands.OpenConnection):
            return events.OpenConnectionCompleted(command, None)
        return None


def _stamp(flow: HTTPFlow, hook: str, at: float) -> None:
    """mitmproxy stamps messages with the wall clock; here the packet's time is the truth."""
    if hook == "requestheaders":
        flow.timestamp_created = flow.request.timestamp_start = at
    elif hook == "request":
        flow.request.timestamp_end = at
    elif hook == "responseheaders" and flow.response:
        flow.response.timestamp_start = at
    elif hook == "response" and flow.response:
        flow.response.timestamp_end = at
    elif hook == "websocket_message" and flow.websocket:
        flow.websocket.messages[-1].timestamp = at
