"""One person's WebSocket to the chat, through the gateway or, for somebody outside the school, straight to it."""

import asyncio
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from appliance.sample.browser import USER_AGENT, Route
from appliance.sample.sites import CHAT_HOST

Connect = Callable[[], socket.socket]


class ChatError(Exception):
    """The chat did not do as asked; the message carries nobody's words."""


class ChatClient:
    """Made by ``joined``.

    An event loop that runs only while something is asked of it: the threaded client of websockets reads and writes one
    TLS socket from two threads, and now and then that breaks an opening connection.
    """

    def __init__(
        self, runner: asyncio.Runner, connection: ClientConnection, room: str, author: str, timeout: float
    ) -> None:
        self._runner, self._connection = runner, connection
        self._room, self._author, self._timeout = room, author, timeout
        self._heard: list[tuple[str, str]] = []

    def say(self, text: str) -> None:
        frame = {"type": "message", "room": self._room, "author": self._author, "text": text}
        self._runner.run(self._connection.send(json.dumps(frame)))

    def hear(self, author: str, text: str) -> None:
        """Return once this message has arrived."""
        deadline = time.monotonic() + self._timeout
        while (author, text) not in self._heard:
            self._read(deadline)

    def await_ready(self) -> None:
        """Return once the room's history is in."""
        deadline = time.monotonic() + self._timeout
        while self._read(deadline) != "ready":
            pass

    def _read(self, deadline: float) -> str:
        try:
            waiting = asyncio.wait_for(self._connection.recv(), max(0.0, deadline - time.monotonic()))
            frame = json.loads(self._runner.run(waiting))
        except (TimeoutError, ConnectionClosed) as e:
            raise ChatError(f"the chat fell silent: {type(e).__name__}") from e
        if frame["type"] == "message":
            self._heard.append((frame["author"], frame["text"]))
        return str(frame["type"])


@contextmanager
def joined(connection: Connect, root: str, room: str, author: str, timeout: float = 20.0) -> Iterator[ChatClient]:
    """In the room, with its history read, until the context ends."""
    with asyncio.Runner() as runner:
        opened = runner.run(_open(connection(), root, room, timeout))
        try:
            client = ChatClient(runner, opened, room, author, timeout)
            client.await_ready()
            yield client
        finally:
            runner.run(opened.close())


async def _open(raw: socket.socket, root: str, room: str, timeout: float) -> ClientConnection:
    return await connect(
        f"wss://{CHAT_HOST}/ws?room={quote(room)}",
        sock=raw,
        ssl=ssl.create_default_context(cafile=root),
        server_hostname=CHAT_HOST,
        origin=Origin(f"https://{CHAT_HOST}"),
        user_agent_header=USER_AGENT,
        additional_headers={"Sec-Fetch-Dest": "websocket", "Sec-Fetch-Mode": "websocket"},
        open_timeout=timeout,
        ping_interval=None,
        proxy=None,
    )


def through_proxy(route: Route) -> Connect:
    """A tunnel to the chat, as a browser asks its proxy for one."""

    def open_tunnel() -> socket.socket:
        proxy = urlsplit(route.proxy)
        tunnel = socket.create_connection(
            (proxy.hostname or "", proxy.port or 8080), timeout=20, source_address=(route.address, 0)
        )
        target = f"{CHAT_HOST}:443"
        tunnel.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {USER_AGENT}\r\n\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            # One byte at a time: what follows the headers belongs to TLS.
            byte = tunnel.recv(1)
            if not byte:
                break
            answer += byte
        if answer.split(b" ", 2)[1:2] != [b"200"]:
            tunnel.close()
            raise ChatError("the proxy would not open a tunnel to the chat")
        return tunnel

    return open_tunnel


def straight_to(address: tuple[str, int]) -> Connect:
    return lambda: socket.create_connection(address, timeout=20)
