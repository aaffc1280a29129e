"""The town's internet, as a program of its own: web.test over HTTP and HTTPS, chat.test, h2.test, all with own CA.

Started by ``origin()``. What it answers lies in files, so that a test can change it while it runs, and what it was
asked it writes down, a line for each request.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from tests.appliance.deadline import eventually
from tests.box.town import CHAT, H2, NAMES, WEB, Town
from tests.proxy_addons.origin import Answer, Asked, Web, certificates, chat, http1, http2


@dataclass(frozen=True)
class Origin:
    folder: Path

    @property
    def ca(self) -> Path:
        """What signed the certificates of all its hosts."""
        return self.folder / "origin-ca.pem"

    def put(self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8") -> None:
        """Answer this path so from now on, on every host."""
        content = body.encode() if isinstance(body, str) else body
        file = self.folder / "answers" / quote(path, safe="")
        file.with_suffix(".new").write_bytes(kind.encode() + b"\n" + content)
        file.with_suffix(".new").replace(file)

    def asked(self, path: str = "") -> list[dict[str, str]]:
        """Requests so far whose path begins so: method, host, path, client (as the origin saw it), body."""
        file = self.folder / "asked"
        rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [row for row in rows if row["path"].startswith(path)]


@contextmanager
def origin(town: Town, folder: Path) -> Iterator[Origin]:
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    certificates(folder, *NAMES, *WEB, *CHAT, *H2)
    made = Origin(folder)
    with town.internet.running(sys.executable, "-m", "tests.box.origin", folder) as process:
        eventually(lambda: (folder / "ready").exists() or process.poll() is not None)
        assert process.poll() is None, town.internet.said()
        yield made
    (folder / "ready").unlink()


class FiledWeb(Web):
    """``/`` says where one has come to; ``/drip?seconds=5`` comes a piece every tenth of one; ``/bytes?count=…``.

    ``/drip?until=/done`` comes until ``/done`` was put there. ``/also-quic`` says that this host speaks HTTP/3 as well.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._lock = folder, threading.Lock()

    def answer(self, asked: Asked) -> Answer:
        path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
        host = {name.lower(): value for name, value in asked.headers.items()}.get("host", "")
        row = {"method": asked.method, "host": host, "path": asked.path, "client": asked.client}
        with self._lock, (self._folder / "asked").open("a") as out:
            out.write(json.dumps(row | {"body": asked.body.decode("utf-8", "replace")}) + "\n")
        if (file := self._folder / "answers" / quote(path, safe="")).exists():
            kind, _, body = file.read_bytes().partition(b"\n")
            return Answer(body, {"Content-Type": kind.decode()})
        if path == "/drip":
            return Answer(b"", {"Content-Type": "application/octet-stream"}, pieces=lambda: self._drip(query))
        if path == "/also-quic":
            told = {"Content-Type": "text/html", "Alt-Svc": 'h3=":443"; ma=86400'}
            return Answer(b'<link rel="icon" href="data:,">', told)  # or a browser asks for it, and over QUIC
        if path == "/bytes":
            return Answer(bytes(int(query["count"][0])), {"Content-Type": "application/octet-stream"})
        return Answer(f"<p>Welcome to {host}</p>".encode(), status=200 if path == "/" else 404)

    def _drip(self, query: dict[str, list[str]]) -> Iterator[bytes]:
        ends = time.monotonic() + float(query.get("seconds", ["600"])[0])
        until = self._folder / "answers" / quote(query["until"][0], safe="") if "until" in query else None
        while time.monotonic() < ends and not (until and until.exists()):
            yield b"drop" * 256
            time.sleep(0.1)


def serve(folder: Path) -> None:
    web, pem = FiledWeb(folder), folder / "origin.pem"
    with ExitStack() as stack:
        for address in WEB:
            stack.enter_context(http1(web, None, (address, 80)))
            stack.enter_context(http1(web, pem, (address, 443)))
        for address in CHAT:
            stack.enter_context(chat(pem, lambda said: f"You said: {said}", (address, 443)))
        for address in H2:
            stack.enter_context(http2(web, pem, (address, 443)))
        (folder / "ready").touch()
        threading.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    serve(parser.parse_args().folder)
