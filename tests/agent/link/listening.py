"""A service's end of the socket for tests: takes what is said, and can go away and come back."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from agent.link.frames import AskStanding, Hello, Message, Taken, receive, send
from agent.orders import Orders
from agent.seen import Seen
from agent.standing import Standing


class Listening:
    """``takes`` False: it hears and answers nothing."""

    def __init__(self, orders: Orders, *, takes: bool = True) -> None:
        self.orders, self.takes = orders, takes
        self.heard = list[Message]()
        self.lines = list[socket.socket]()
        self.threads = list[Thread]()

    @property
    def seen(self) -> list[Seen]:
        return [message for message in self.heard if isinstance(message, Seen)]

    def tell(self, orders: Orders) -> None:
        for line in self.lines:
            send(line, orders)

    def serve(self, line: socket.socket) -> None:
        try:
            while message := receive(line):
                self._answer(line, message)
        except OSError:
            return

    def _answer(self, line: socket.socket, message: Message) -> None:
        self.heard.append(message)
        match message:
            case Hello():
                send(line, self.orders)
            case Seen(id=id) if self.takes:
                send(line, Taken(id=id))
            case AskStanding():
                send(line, Standing(version="1.0"))


@contextmanager
def listening(path: Path, orders: Orders | None = None, *, takes: bool = True) -> Iterator[Listening]:
    service = Listening(orders or Orders(screen=True), takes=takes)
    path.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()

    def accept() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            service.lines.append(line)
            thread = Thread(target=service.serve, args=(line,), daemon=True)
            thread.start()
            service.threads.append(thread)

    accepting = Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield service
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        accepting.join()
        for line in service.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in service.threads:
            thread.join()
        for line in service.lines:
            line.close()
