"""Stand between a pupil's browser and the gateway, pass everything on, and write down what passed as a capture."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scapy.packet import Packet

from tests.proxy_addons.replay.factories import Talk


@dataclass
class Tap:
    gateway: int
    """Port."""
    port: int = 0
    talks: list[Talk] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def packets(self) -> list[Packet]:
        """Everything so far, as a capture beside the pupil's device would have it."""
        with self._lock:
            return sorted((p for talk in self.talks for p in talk.packets), key=lambda p: float(p.time))

    def accept(self, listener: socket.socket) -> None:
        while True:
            try:
                pupil, address = listener.accept()
            except OSError:
                return
            gateway = socket.create_connection(("127.0.0.1", self.gateway))
            talk = Talk(client=address, server=("127.0.0.1", self.gateway), at=time.time(), step=0.0, mss=1460)
            with self._lock:
                self.talks.append(talk.hello())
            thread = threading.Thread(target=self._both_ways, args=(talk, pupil, gateway), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _both_ways(self, talk: Talk, pupil: socket.socket, gateway: socket.socket) -> None:
        with pupil, gateway:
            back = threading.Thread(target=self._pass_on, args=(talk, gateway, pupil, False), daemon=True)
            back.start()
            self._pass_on(talk, pupil, gateway, True)
            back.join(20)

    def _pass_on(self, talk: Talk, source: socket.socket, target: socket.socket, up: bool) -> None:
        try:
            while said := source.recv(65536):
                with self._lock:
                    talk.at = time.time()
                    talk.up(said) if up else talk.down(said)
                target.sendall(said)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return  # the other end has gone


@contextmanager
def tap(gateway: int) -> Iterator[Tap]:
    made = Tap(gateway)
    listener = socket.create_server(("127.0.0.1", 0))
    made.port = listener.getsockname()[1]
    threading.Thread(target=made.accept, args=(listener,), daemon=True).start()
    try:
        yield made
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in made.threads:
            thread.join(20)
