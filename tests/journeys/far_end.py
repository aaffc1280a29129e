"""The web at the far end: it answers each path as it was told to, and knows what it was asked for and what it gave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.local_server import serving


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

    with serving(Handler) as web.port:
        yield web
