"""An appliance on loopback that answers from a list and remembers what it was asked."""

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.local_server import serving

TOKEN = "token-of-the-gate"


@dataclass(frozen=True)
class Scripted:
    status: int = 201
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False
    """Close the connection instead of answering."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """The port the client spoke from."""
    certificate: str = ""
    """The serial number of what the client showed; empty where it showed none."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def what(self) -> str:
        """``POST a``, ``PUT x``: method and the thing it was about."""
        about = self.path.split("/")[2] if self.method == "PUT" else self.json["id"] if self.body else self.path
        return f"{self.method} {about}"


@dataclass
class ScriptedAppliance:
    """Answers in order, then ``afterwards`` for ever; ``answer`` may decide by what was asked instead."""

    url: str
    port: int
    answers: list[Scripted] = field(default_factory=list)
    afterwards: Scripted = field(default_factory=Scripted)
    answer: Callable[[Asked], Scripted | None] = lambda _: None
    asked: list[Asked] = field(default_factory=list)

    @property
    def order(self) -> list[str]:
        return [asked.what for asked in self.asked]

    def decide(self, asked: Asked) -> Scripted:
        self.asked.append(asked)
        return self.answer(asked) or (self.answers.pop(0) if self.answers else self.afterwards)


@contextmanager
def scripted_appliance(
    certificate: Path | None = None, authority: Path | None = None, port: int = 0
) -> Iterator[ScriptedAppliance]:
    """``authority``: of the certificates that clients may show; TLS 1.3 alone is then spoken."""
    appliance = ScriptedAppliance("", 0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            asked = Asked(
                self.command, self.path, dict(self.headers.items()), body, self.client_address[1], self.shown()
            )
            scripted = appliance.decide(asked)
            if scripted.hang_up:
                self.close_connection = True
                return
            self.send_response(scripted.status)
            for name, value in scripted.headers.items():
                self.send_header(name, value)
            if scripted.status != 304:
                self.send_header("Content-Length", str(len(scripted.body)))
            self.end_headers()
            self.wfile.write(scripted.body)

        def shown(self) -> str:
            found = self.connection.getpeercert() if isinstance(self.connection, ssl.SSLSocket) else None
            return str(found["serialNumber"]) if found else ""

        do_GET = do_POST = do_PUT = reply

        def log_message(self, format: str, *args: object) -> None:
            """Tests read ``asked``."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if context and certificate:
        context.load_cert_chain(certificate)
    if context and authority:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = ssl.CERT_OPTIONAL
        context.load_verify_locations(authority)
    with serving(Handler, ("127.0.0.1", port), context) as appliance.port:
        appliance.url = f"{'https' if certificate else 'http'}://127.0.0.1:{appliance.port}"
        yield appliance


def token_file(folder: Path, token: str = TOKEN) -> Path:
    file = folder / "token"
    file.write_text(token + "\n")
    file.chmod(0o600)
    return file


def eventually(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until it holds; fail if it does not within a time no healthy run needs."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)
