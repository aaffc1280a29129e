"""Any files, hostile ones above all, through a running gateway: fetched, sent as they are, and uploaded with a form.

    .venv/bin/python -m benchmarks.hostile FOLDER…

A file that ends in .gz, .zz or .gz.gz goes a second time, with that content coding. Beside them a small picture is
fetched all the time, and the longest that took is what others had to wait. The gateway must stay up, answer everything
as the origin did, and have no fault.
"""

import argparse
import json
import mimetypes
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import urllib3

from benchmarks.origin import PICTURE
from benchmarks.proxies import PROXIES, Proxy
from benchmarks.sample_certificate import write_certificate
from benchmarks.soak import megabytes

CODINGS = {".gz": "gzip", ".zz": "deflate"}
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    path: Path
    body: bytes
    media_type: str
    coding: str = ""


class Origin(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body at once, or the second waits for an acknowledgement of the first
    files: tuple[File, ...] = ()

    def do_GET(self) -> None:
        if self.path == "/dot.png":
            self._answer(File(Path(), PICTURE, "image/png"))
        else:
            self._answer(self.files[int(self.path[1:])])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._answer(File(Path(), b"ok", "text/plain"))

    def _answer(self, file: File) -> None:
        self.send_response(200)
        self.send_header("Content-Type", file.media_type)
        self.send_header("Content-Length", str(len(file.body)))
        if file.coding:
            self.send_header("Content-Encoding", file.coding)
        self.end_headers()
        self.wfile.write(file.body)

    def log_message(self, *_: object) -> None:
        pass


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    given = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        write_certificate(folder / "origin.pem", "127.0.0.1")
        gateway = stack.enter_context(PROXIES[0].running(folder / "gatehouse"))
        print(f"{'':20}{'files':>7}{'wrong':>7}{'wait ms':>9}{'MB before':>11}{'most':>7}  read, unread, faults")
        for hostile in given.folders:
            failed += row(gateway, hostile, folder / "gatehouse" / "state" / "status.json")
    return 1 if failed else 0


def row(gateway: Proxy, folder: Path, status: Path) -> int:
    files = tuple(found(folder))
    before, counted = megabytes(gateway), counts(status)
    with origin(files) as port, Beside(gateway, port) as beside:
        wrong = sum(not through(gateway, port, number, file) for number, file in enumerate(files))
        time.sleep(1)
    said = {k: v - counted.get(k, 0) for k, v in settled(status).items() if v != counted.get(k, 0)}
    told = ", ".join(f"{k} {v}" for k, v in said.items())
    row = f"{folder.name:20}{len(files):>7}{wrong:>7}{beside.longest:>9.0f}{before:>11.0f}{beside.most:>7.0f}"
    print(f"{row}  {told}", flush=True)
    return wrong + sum(v for k, v in said.items() if k.startswith("faults"))


def found(folder: Path) -> Iterator[File]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        body, kind = path.read_bytes(), mimetypes.guess_type(path.name)[0] or UNKNOWN
        yield File(path, body, kind)
        if codings := [CODINGS[suffix] for suffix in path.suffixes if suffix in CODINGS]:
            yield File(path, body, "text/html", ", ".join(codings))


def through(gateway: Proxy, port: int, number: int, file: File) -> bool:
    """Whether it came as the origin gave it, and was taken both ways."""
    pool = urllib3.ProxyManager(f"http://127.0.0.1:{gateway.port}", retries=False, timeout=60)
    url = f"http://127.0.0.1:{port}/"
    fetched = pool.request("GET", f"{url}{number}", decode_content=False)
    coding = {"Content-Encoding": file.coding} if file.coding else {}
    sent = pool.request("POST", url, body=file.body, headers={"Content-Type": file.media_type, **coding})
    form = {"comment": "see you", "file": (file.path.name, file.body, file.media_type)}
    uploaded = pool.request("POST", url, fields=form)
    return fetched.data == file.body and sent.data == uploaded.data == b"ok"


class Beside:
    """Somebody else, who fetches a picture every few milliseconds."""

    def __init__(self, gateway: Proxy, port: int) -> None:
        self._gateway, self._url = gateway, f"http://127.0.0.1:{port}/dot.png"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._fetch)
        self.longest = self.most = 0.0
        """Milliseconds, megabytes."""

    def __enter__(self) -> "Beside":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _fetch(self) -> None:
        pool = urllib3.ProxyManager(f"http://127.0.0.1:{self._gateway.port}", retries=False)
        while not self._over.wait(0.02):
            began = time.perf_counter()
            pool.request("GET", self._url)
            self.longest = max(self.longest, (time.perf_counter() - began) * 1000)
            self.most = max(self.most, megabytes(self._gateway))


@contextmanager
def origin(files: tuple[File, ...]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (Origin,), {"files": files}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def settled(status: Path) -> dict[str, int]:
    """Once two statuses in a row count the same: documents are read after they have passed."""
    last: dict[str, int] = {}
    for _ in range(60):
        time.sleep(3)
        now = counts(status)
        if {**now, "flows": 0, "megabytes": 0} == {**last, "flows": 0, "megabytes": 0}:
            break
        last = now
    return now


def counts(status: Path) -> dict[str, int]:
    said = json.loads(status.read_text()) if status.exists() else {}
    flat = {k: said.get(k, 0) for k in ("read", "documents", "flagged")}
    return flat | {f"{group}.{k}": v for group in ("unread", "faults") for k, v in said.get(group, {}).items()}


if __name__ == "__main__":
    raise SystemExit(main())
