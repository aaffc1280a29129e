"""Who talks to whom on a recorded connection, and the same as mitmproxy has it."""

from dataclasses import dataclass
from typing import Protocol

from mitmproxy.connection import Client, Connection, ConnectionState, Server
from mitmproxy.proxy import commands

from proxy_addons.replay.http_stream import EXPLICIT, TRANSPARENT

HostPort = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Tls:
    server_name: str
    """As the client asked; may be empty."""
    alpn: bytes


@dataclass(frozen=True, slots=True)
class Ends:
    client: HostPort
    server: HostPort
    proxied: bool = False
    """The client asked a proxy for this connection."""
    tls: Tls | None = None
    """What it says was in TLS, and is opened."""


class Hooks(Protocol):
    """What mitmproxy's addon manager offers."""

    async def handle_lifecycle(self, event: commands.StartHook) -> None: ...


def client_of(ends: Ends, at: float) -> Client:
    client = Client(
        peername=ends.client,
        sockname=ends.server,
        timestamp_start=at,
        proxy_mode=EXPLICIT if ends.proxied else TRANSPARENT,
        state=ConnectionState.OPEN,
    )
    _open(client, ends.tls, at)
    return client


def server_of(ends: Ends, at: float) -> Server:
    server = Server(address=ends.server)
    server.peername = ends.server
    server.state = ConnectionState.OPEN
    server.timestamp_start = server.timestamp_tcp_setup = at
    _open(server, ends.tls, at)
    return server


def _open(connection: Connection, tls: Tls | None, at: float) -> None:
    if tls:
        connection.tls, connection.sni, connection.alpn = True, tls.server_name or None, tls.alpn
        connection.timestamp_tls_setup = at
