"""A server for a protocol of lines, and a relay in front of any server that has what passes it read."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from detection.conversations import Conversation
from detection.extract.said import Said

Answers = Callable[[bytes], bytes]
"""A client's line, without its end, and what is said to it; the greeting answers an empty one."""


@contextmanager
def serving(answers: Answers) -> Iterator[int]:
    """For one connection. Gives the port."""

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(answers(b""))
            for line in lines:
                connection.sendall(answers(line.rstrip(b"\r\n")))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(20)


@contextmanager
def read_on_the_way(to: int, piece: int) -> Iterator[tuple[int, list[Said], Conversation]]:
    """Gives a port that leads to ``to``, what has been said, and the talk; bytes come in pieces of ``piece``."""
    said: list[Said] = []
    conversation, turn = Conversation(), threading.Lock()

    def carry(source: socket.socket, target: socket.socket, from_client: bool) -> None:
        with suppress(OSError):  # either side may hang up
            while data := source.recv(piece):
                with turn:
                    said.extend(conversation.feed(data, from_client=from_client))
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def relay() -> None:
        near, _ = listening.accept()
        with near, socket.create_connection(("127.0.0.1", to)) as far:
            back = threading.Thread(target=carry, args=(far, near, False), daemon=True)
            back.start()
            carry(near, far, True)
            back.join(20)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=relay, daemon=True)
        thread.start()
        yield listening.getsockname()[1], said, conversation
        thread.join(20)
