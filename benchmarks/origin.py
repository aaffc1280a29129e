"""The web behind the proxies: serves the folders of pages over HTTP and HTTPS as fast as Python can."""

import argparse
import asyncio
import ssl
from pathlib import Path

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
PICTURE = b"\x89PNG" + bytes(400)


class Origin(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self._answers, self._waiting = answers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            self._transport.write(self._answers[path])  # type: ignore[attr-defined]


def _answer(kind: bytes, body: bytes) -> bytes:
    return HEAD % (kind, len(body)) + body


async def serve(host: str, folder: Path, plain: int, tls: int, certificate: Path) -> None:
    answers = {
        f"/{file.relative_to(folder)}".encode(): _answer(b"text/html; charset=utf-8", file.read_bytes())
        for file in folder.rglob("*.html")
    }
    answers[b"/dot.png"] = _answer(b"image/png", PICTURE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: Origin(answers), host, plain, backlog=4096)
    await loop.create_server(lambda: Origin(answers), host, tls, ssl=context, backlog=4096)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("folder", type=Path)
    parser.add_argument("plain", type=int)
    parser.add_argument("tls", type=int)
    parser.add_argument("certificate", type=Path)
    given = parser.parse_args()
    asyncio.run(serve(given.host, given.folder, given.plain, given.tls, given.certificate))
