"""The web at the far end: it answers each path as it was told to, and knows what it was asked for and what it gave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FarEnd:
    port: int = 0
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Path to media type and body."""
    asked: set[str] = field(default_factory=set)
    """Paths whose request came to its last byte."""
    given: set[str] = field(default_factory=set)
    """Paths whose answer went out to its last byte."""


@contextmanager
def far_end() -> Iterator[FarEnd]:
    web = FarEnd()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            path = self.path.partition("?")[0]
            wanted = int(self.headers.get("Content-Length", 0))
            if len(self.rfile.read(wanted)) < wanted:
                return
            web.asked.add(path)
            kind, body = web.answers[path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            web.given.add(path)

        do_GET = do_POST = _serve

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """The gateway was killed while it listened."""

    server = Server(("127.0.0.1", 0), Handler)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()
