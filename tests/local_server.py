"""A small HTTP server on this machine, as long as a test needs it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from socketserver import BaseRequestHandler

Address = tuple[str, int]
LOOPBACK: Address = ("127.0.0.1", 0)


@contextmanager
def serving(
    handler: Callable[..., BaseRequestHandler], at: Address = LOOPBACK, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Gives the port. Every request has its own thread; with ``tls`` a silent client keeps nobody else waiting."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in at[0] else socket.AF_INET
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client went away, or was killed: part of several tests."""

    with Server(at, handler) as server:
        if tls:  # hands are shaken on the connection's own thread
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join(20)
