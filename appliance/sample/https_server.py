"""An HTTPS server for several host names on one loopback port, with connections kept open as browsers expect."""

import gzip
import socket
import ssl
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from appliance.sample.exchange import Response, Site, not_found, request

LARGEST_BODY = 1 << 20
IDLE_SECONDS = 60


class HttpsServer:
    def __init__(self, sites: Mapping[str, Site], context: ssl.SSLContext, address: str = "127.0.0.1") -> None:
        self._server = _Server((address, 0), sites, context)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="sample-web", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close waits for them
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], sites: Mapping[str, Site], context: ssl.SSLContext) -> None:
        super().__init__(address, _Conversation)
        self.sites = sites
        self._context = context
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    def get_request(self) -> tuple[socket.socket, object]:
        raw, peer = self.socket.accept()
        raw.settimeout(IDLE_SECONDS)
        # The handshake comes with the first read, in the connection's own thread.
        wrapped = self._context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._open.add(wrapped)
        return wrapped, peer

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A browser that hangs up is no news; anything else is, and the standard answer prints it."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:  # already gone
                    continue


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self.send_error(413)
            return
        self._answer(self.rfile.read(length))

    def _answer(self, body: bytes) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        site = self.server.sites.get(host)
        self._send(site(request(self.command, self.path, body)) if site else not_found())

    def _send(self, response: Response) -> None:
        body = response.body
        zipped = response.media_type.startswith(("text/", "application/json")) and len(body) > 400
        zipped = zipped and "gzip" in (self.headers.get("Accept-Encoding") or "")
        if zipped:
            body = gzip.compress(body, 5)
        self.send_response(response.status)
        self.send_header("Content-Type", response.media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        if response.location:
            self.send_header("Location", response.location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what pupils ask for is not for a log."""
