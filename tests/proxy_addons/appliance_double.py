"""An appliance that says yes to everything and opens what it is sent with its private key."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from detection import wire
from detection.sealing import Opener
from tests.local_server import serving


@dataclass
class Appliance:
    opener: Opener
    url: str = ""
    reports: list[wire.Report] = field(default_factory=list)
    fuller: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Detection id to the evidence that superseded the first."""
    blobs: dict[str, bytes] = field(default_factory=dict)

    def report_of(self, words: str) -> wire.Report | None:
        return next((r for r in self.reports if words in r.detection.observation.text), None)

    def index(self, name: str) -> list[dict[str, Any]] | None:
        """The entries of a bundle, once its index has come."""
        return json.loads(self.blobs[name])["log"]["entries"] if name in self.blobs else None

    def put(self, path: str, body: bytes) -> int:
        parts = path.strip("/").split("/")
        if parts[0] == "evidence":
            self.blobs[parts[1]] = self.opener.blob(parts[1], body)
        elif parts[0] == "detections" and parts[-1] == "evidence":
            self.fuller[parts[1]] = json.loads(self._opened(body))["evidence"]
        else:
            self.reports.append(wire.parse(self._opened(body)))
        return 201

    def _opened(self, body: bytes) -> bytes:
        return self.opener.open(base64.b64decode(json.loads(body)["sealed"]))


@contextmanager
def appliance(private_key: Path) -> Iterator[Appliance]:
    made = Appliance(Opener(private_key.read_bytes()))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            known = {"/bindings": {"organisation": "hillside", "bindings": []}}
            self._say(200, json.dumps(known[self.path]).encode()) if self.path in known else self._say(404, b"")

        def _take(self) -> None:
            self._say(made.put(self.path, self.rfile.read(int(self.headers["Content-Length"]))), b"{}")

        do_POST = do_PUT = _take

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as port:
        made.url = f"http://127.0.0.1:{port}"
        yield made
