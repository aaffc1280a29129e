"""What a browser and a server say to each other on one connection: in clear, in TLS, in TLS with HTTP/2."""

import ssl
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from h2.config import H2Configuration  # type: ignore[import-untyped]
from h2.connection import H2Connection  # type: ignore[import-untyped]

HOST, PAGE, PICTURE = "lessons.test", "text/html; charset=utf-8", "image/jpeg"
ACCEPT = {True: "text/html,application/xhtml+xml,*/*;q=0.8", False: "image/avif,image/webp,*/*;q=0.8"}
Answer = tuple[str, str, bytes]
"""Path, media type and body."""


class Carrier(Protocol):
    def up(self, data: bytes) -> None: ...

    def down(self, data: bytes) -> None: ...


class Tls:
    """TLS 1.3 between two real ends in memory, carried by ``below``."""

    def __init__(self, below: Carrier, certificate: Path, key_log: Path, protocol: str) -> None:
        asks, answers = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        asks.check_hostname, asks.verify_mode, asks.keylog_filename = False, ssl.CERT_NONE, str(key_log)
        answers.load_cert_chain(certificate)
        for context in (asks, answers):
            context.minimum_version = ssl.TLSVersion.TLSv1_3
            context.set_alpn_protocols([protocol])
        self._below = below
        self._to_client, self._from_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._to_server, self._from_server = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._client = asks.wrap_bio(self._to_client, self._from_client, server_hostname=HOST)
        self._server = answers.wrap_bio(self._to_server, self._from_server, server_side=True)
        for end in (self._client, self._server, self._client, self._server):
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
            self._pass_on()

    def up(self, data: bytes) -> None:
        self._client.write(data)
        self._pass_on()

    def down(self, data: bytes) -> None:
        self._server.write(data)
        self._pass_on()

    def _pass_on(self) -> None:
        if data := self._from_client.read():
            self._below.up(data)
            self._to_server.write(data)
        if data := self._from_server.read():
            self._below.down(data)
            self._to_client.write(data)


def http1(carrier: Carrier, answers: Iterable[Answer]) -> None:
    for path, kind, body in answers:
        accept = ACCEPT[kind == PAGE]
        carrier.up(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accept}\r\nUser-Agent: Pupil/1\r\n\r\n".encode())
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nServer: lessons\r\n\r\n"
        carrier.down(head.encode() + body)


def http2(carrier: Carrier, answers: Iterable[Answer]) -> None:
    client = H2Connection(H2Configuration(client_side=True))
    server = H2Connection(H2Configuration(client_side=False))
    client.initiate_connection()
    server.initiate_connection()

    def exchange() -> None:
        while (up := client.data_to_send()) or (down := server.data_to_send()):
            if up:
                carrier.up(up)
                server.receive_data(up)
            elif down:
                carrier.down(down)
                for event in client.receive_data(down):
                    if size := getattr(event, "flow_controlled_length", 0):
                        client.acknowledge_received_data(size, event.stream_id)

    exchange()
    for number, (path, kind, body) in enumerate(answers):
        stream = 2 * number + 1
        asked = {":method": "GET", ":scheme": "https", ":authority": HOST, ":path": path}
        asked["accept"] = ACCEPT[kind == PAGE]
        client.send_headers(stream, list(asked.items()), end_stream=True)
        exchange()
        answered = {":status": "200", "content-type": kind, "content-length": str(len(body))}
        server.send_headers(stream, list(answered.items()))
        for start in range(0, len(body), 16_384):
            piece = body[start : start + 16_384]
            while server.local_flow_control_window(stream) < len(piece):
                exchange()
            server.send_data(stream, piece)
        server.end_stream(stream)
        exchange()
