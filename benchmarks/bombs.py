"""64 MiB of zeros, packed in every way a gateway unpacks, through a running one: what each costs it.

    .venv-gateway/bin/python -m benchmarks.bombs

Each is fetched, sent as it is and uploaded with a form; over a WebSocket it is said by either side. The gateway may use
50 MB more for it at its highest, the process that reads documents counted in, and a second of a processor for each time
it passes; somebody beside it, who fetches a picture all the time, is to wait no longer than that second either.
"""

import gzip
import io
import json
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import brotli
import zstandard

from benchmarks.hostile import UNKNOWN, Beside, File, counts, origin, through
from benchmarks.load import unchecked
from benchmarks.process_tree import seconds
from benchmarks.proxies import PROXIES, Proxy
from benchmarks.sample_certificate import write_certificate
from tests.detection.documents.factories import docx, zipped
from tests.proxy_addons.origin import chat
from tests.websocket_client import connect

ZEROS = bytes(64 << 20)
MEMORY, SECONDS = 50.0, 1.0
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        write_certificate(folder / "origin.pem", "127.0.0.1")
        gateway = stack.enter_context(PROXIES[0].running(folder / "gatehouse"))
        talk = stack.enter_context(chat(folder / "origin.pem", lambda said: ZEROS.decode() if said == "go" else "ok"))
        files = (File(Path("a.docx"), docx("see you"), WORD), *packed())
        port = stack.enter_context(origin(files))
        through(gateway, port, 0, files[0])  # whoever reads documents is there from here on
        print(f"{'64 MiB of zeros':22}{'bytes':>8}{'MB more':>9}{'CPU s each':>12}{'others wait ms':>16}", flush=True)
        ways: list[tuple[str, int, int, Callable[[], bool]]] = [
            (f"{file.path.name}", len(file.body), 3, lambda n=n, file=file: through(gateway, port, n, file))
            for n, file in enumerate(files) if n
        ]  # fmt: skip
        ways += [
            (f"WebSocket, {side}", 0, 1, lambda side=side: said(gateway, talk, side))
            for side in ("written", "shown", "packed by itself")
        ]
        for called, size, times, passes in ways:
            failed += row(gateway, port, called, size, times, passes)
        counted = counts(folder / "gatehouse" / "state" / "status.json")
        print(json.dumps({k: v for k, v in counted.items() if v and k != "read"}))
        failed += sum(v for k, v in counted.items() if k.startswith("faults"))
    return 1 if failed else 0


def packed() -> Iterator[File]:
    squeezed = gzip.compress(ZEROS, 9)
    for name, body in (
        ("gzip", squeezed),
        ("deflate", zlib.compress(ZEROS, 9)),
        ("br", brotli.compress(ZEROS, quality=5)),
        ("zstd", zstandard.ZstdCompressor(3).compress(ZEROS)),
        ("gzip, gzip", gzip.compress(squeezed, 9)),
    ):
        yield File(Path(name), body, "text/html", name)
    yield File(Path("a text in a zip"), zipped({"a.txt": ZEROS}), "application/zip")
    yield File(Path("a zip in a zip"), zipped({"a.zip": zipped({"a.txt": ZEROS})}), "application/zip")
    yield File(Path("a docx"), docx("see you", word__footnotes_xml=ZEROS), WORD)
    yield File(Path("a docx, bzip2"), _bzip2(), WORD)
    yield File(Path("a gzip as bytes"), squeezed, UNKNOWN)


def _bzip2() -> bytes:
    out = io.BytesIO(docx("see you"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/footnotes.xml", ZEROS)
    return out.getvalue()


def said(gateway: Proxy, port: int, side: str) -> bool:
    address, proxy = f"wss://127.0.0.1:{port}/", f"http://127.0.0.1:{gateway.port}"
    with connect(address, ssl=unchecked(), proxy=proxy, max_size=None, open_timeout=60, ping_interval=None) as line:
        if side == "packed by itself":
            body = zlib.compress(ZEROS, 9)
            line.send(body)
            return line.recv(60) == body
        line.send("go" if side == "shown" else ZEROS.decode())
        return len(line.recv(60)) == (len(ZEROS) if side == "shown" else 2)


def row(gateway: Proxy, port: int, called: str, size: int, times: int, passes: Callable[[], bool]) -> bool:
    before, used = at_rest(gateway), seconds(*gateway.pids())
    for pid in gateway.pids():
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the highest from here on
    with Beside(gateway, port) as beside:
        whole = passes()
    highest = sum(kilobytes(pid, "VmHWM") for pid in gateway.pids()) / 1024
    at_rest(gateway)
    highest = max(highest, sum(kilobytes(pid, "VmHWM") for pid in gateway.pids()) / 1024)
    cost = (seconds(*gateway.pids()) - used) / times
    over = not whole or highest - before > MEMORY or cost > SECONDS
    mark = "  OVER" if over else ""
    print(f"{called:22}{size:>8}{highest - before:>9.1f}{cost:>12.2f}{beside.longest:>16.0f}{mark}", flush=True)
    return over


def at_rest(gateway: Proxy) -> float:
    """Resident MB, once it does no more than it always does."""
    used, until = -1.0, time.monotonic() + 60
    while (now := seconds(*gateway.pids())) - used > 0.1 and time.monotonic() < until:
        used = now
        time.sleep(1)
    return sum(kilobytes(pid, "VmRSS") for pid in gateway.pids()) / 1024


def kilobytes(pid: int, kind: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")), 0)


if __name__ == "__main__":
    raise SystemExit(main())
