"""A proxy that only passes bytes on: what the gateway is, without reading anything."""

import socket
from collections.abc import Callable, Mapping
from threading import Lock, Thread
from typing import Any


class Tunnels:
    """Answers CONNECT by host name and remembers from which addresses it was asked."""

    def __init__(self, hosts: Mapping[str, tuple[str, int]]) -> None:
        self._hosts = hosts
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = Lock()
        self._sockets: list[socket.socket] = []
        self._threads = [Thread(target=self._accept)]
        self.asked: list[tuple[str, str]] = []
        """Address and host."""
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        with self._lock:
            for one in self._sockets:
                _shut(one)
        self._threads[0].join()
        for thread in self._threads[1:]:
            thread.join()
        for one in (*self._sockets, self._listener):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, peer = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._sockets.append(client)
            self._spawn(self._open, client, peer[0])

    def _open(self, client: socket.socket, address: str) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            received = client.recv(4096)
            if not received:
                return
            head += received
        host = head.split()[1].decode().partition(":")[0]
        if host not in self._hosts:
            client.sendall(b"HTTP/1.1 502 No such host\r\n\r\n")
            _shut(client)
            return
        server = socket.create_connection(self._hosts[host])
        with self._lock:
            self.asked.append((address, host))
            self._sockets.append(server)
        client.sendall(b"HTTP/1.1 200 Open\r\n\r\n")
        self._spawn(_pass_on, client, server)
        _pass_on(server, client)

    def _spawn(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while received := source.recv(65536):
            target.sendall(received)
    except OSError:
        pass
    _shut(source)
    _shut(target)


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
