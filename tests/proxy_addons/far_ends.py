"""Servers for clear protocols on loopback that keep to a script, and clients that keep to the other half of it."""

import random
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from tests.detection.conversations.talks import Turn

PATIENCE = 20.0
"""Seconds."""


_BELOW_THOSE_OF_CLIENTS = range(20_000, 32_000)
_given: set[int] = set()


def free_port() -> int:
    """Each once, and none that the system gives to a connection: between the asking and the listening other tests may
    open some."""
    while True:
        port = random.choice(_BELOW_THOSE_OF_CLIENTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            if port not in _given:
                _given.add(port)
                return port


@contextmanager
def server(port: int, script: Iterable[Turn], secured: ssl.SSLContext | None = None) -> Iterator[list[Exception]]:
    """For one connection. What went otherwise than in the script is in the list."""
    wrong: list[Exception] = []

    def serve() -> None:
        try:
            plain, _ = listening.accept()
            plain.settimeout(PATIENCE)
            with secured.wrap_socket(plain, server_side=True) if secured else plain as connection:
                play(connection, script, is_client=False)
        except (OSError, AssertionError) as e:
            wrong.append(e)

    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(PATIENCE)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield wrong
        thread.join(PATIENCE)


def play(connection: socket.socket, script: Iterable[Turn], *, is_client: bool) -> None:
    """Say one's own lines and wait for the other's, which must come as they stand there."""
    for of_client, data in script:
        if of_client == is_client:
            connection.sendall(data)
            continue
        come = b""
        while len(come) < len(data):
            more = connection.recv(len(data) - len(come))
            assert more, f"the other side went away after {come!r}"
            come += more
        assert come == data


@contextmanager
def client(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        yield connection
