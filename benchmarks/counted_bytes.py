"""A way through to a port that counts the bytes that go each way: what a device sends and is sent, TLS and all."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Counted:
    port: int
    sent: int = 0
    """By the device."""
    answered: int = 0

    def between(self, of: Callable[[], object]) -> tuple[int, int]:
        """Sent and answered while ``of`` runs."""
        before = self.sent, self.answered
        of()
        return self.sent - before[0], self.answered - before[1]


@contextmanager
def counting(to: int) -> Iterator[Counted]:
    """On loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    counted = Counted(listening.getsockname()[1])

    def listen() -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", to))
                for name, source, target in (("sent", near, far), ("answered", far, near)):
                    threading.Thread(target=_pass, args=(source, target, counted, name), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield counted
    finally:
        listening.close()


def _pass(source: socket.socket, target: socket.socket, counted: Counted, name: str) -> None:
    with suppress(OSError):
        while some := source.recv(65536):
            setattr(counted, name, getattr(counted, name) + len(some))
            target.sendall(some)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
