"""Drive mitmproxy's own HTTP layer with the recorded bytes of one connection, so that the live addons see the flows."""

from collections import deque
from dataclasses import dataclass
from typing import Protocol

from mitmproxy import options
from mitmproxy.connection import Client, Connection, ConnectionState, Server
from mitmproxy.http import HTTPFlow
from mitmproxy.proxy import commands, events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.mode_specs import ProxyMode

from proxy_addons.replay.http_layer import Follow, ReplayHttpLayer
from proxy_addons.replay.streams import Side

HostPort = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Ends:
    client: HostPort
    server: HostPort


class Hooks(Protocol):
    """What mitmproxy's addon manager offers."""

    async def handle_lifecycle(self, event: commands.StartHook) -> None: ...


class Conversation:
    """One connection, seen whole: nothing is sent anywhere, everything the layer would send is dropped."""

    def __init__(
        self, hooks: Hooks, follow: Follow, opts: options.Options, ends: "Ends", at: float, *, http2: bool
    ) -> None:
        self._hooks = hooks
        self._at = at
        client, server = ends.client, ends.server
        self._client = Client(
            peername=client,
            sockname=server,
            timestamp_start=at,
            proxy_mode=ProxyMode.parse("transparent"),
            state=ConnectionState.OPEN,
        )
        self._server = Server(address=server)
        self._server.peername = server
        self._server.state = ConnectionState.OPEN
        self._server.timestamp_start = self._server.timestamp_tcp_setup = at
        if http2:
            self._client.alpn = self._server.alpn = b"h2"
        context = Context(self._client, opts)
        context.server = self._server
        self._layer = ReplayHttpLayer(context, follow)

    async def start(self) -> None:
        await self._handle(events.Start())

    async def data(self, side: Side, data: bytes, at: float) -> None:
        connection = self._of(side)
        if connection.state is not ConnectionState.CLOSED:
            self._at = at
            await self._handle(events.DataReceived(connection, data))

    async def end(self, side: Side, at: float) -> None:
        connection = self._of(side)
        if connection.state is not ConnectionState.CLOSED:
            self._at = at
            connection.state &= ~ConnectionState.CAN_READ
            await self._handle(events.ConnectionClosed(connection))

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
            await self._hooks.handle_lifecycle(command)
            return events.HookCompleted(command, None) if command.blocking else None
        if isinstance(command, commands.OpenConnection):
            command.connection.state = ConnectionState.OPEN
            return events.OpenConnectionCompleted(command, None)
        if isinstance(command, commands.CloseConnection):
            command.connection.state = ConnectionState.CLOSED
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
