"""Captures made to measure: what two ends say to each other over TCP, in the packets and the file a test wants."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Packet, Raw
from scapy.utils import PcapNgWriter, PcapWriter
from zstandard import ZstdCompressor

from detection.library import Library
from proxy_addons.replay.captured_packet import Packet as Captured
from tests.detection import libraries

NOON = 1_772_539_200.0
"""2026-03-03 12:00 UTC."""
PUPIL, WEB = "10.1.0.7", "192.0.2.80"
ETHERNET, SLL, RAW = 1, 113, 101
WORDS = "nobody likes you"
"""What the library below knows."""

CONNECT, GRANTED = (
    b"CONNECT news.test:80 HTTP/1.1\r\nHost: news.test:80\r\n\r\n",
    b"HTTP/1.1 200 Connection established\r\n\r\n",
)
SOCKS = b"\x05\x01\x00", b"\x05\x00", b"\x05\x01\x00\x03\x09news.test\x00\x50", b"\x05\x00\x00\x01" + bytes(6)


def library() -> Library:
    return libraries.library(libraries.a(WORDS))


@dataclass
class Talk:
    """One TCP connection, packet by packet. Packets are IP; ``ethernet`` and others wrap them."""

    client: tuple[str, int] = (PUPIL, 40000)
    server: tuple[str, int] = (WEB, 80)
    at: float = NOON
    step: float = 0.01
    mss: int = 1000
    packets: list[Packet] = field(default_factory=list)
    sequences: dict[bool, int] = field(default_factory=lambda: {True: 1000, False: 4_294_967_000})
    """Of the client (True) and the server; the server's wraps soon."""

    def hello(self) -> "Talk":
        self._send(True, "S")
        self._send(False, "SA")
        return self._send(True, "A")

    def up(self, data: bytes) -> "Talk":
        return self._say(True, data)

    def down(self, data: bytes) -> "Talk":
        return self._say(False, data)

    def bye(self) -> "Talk":
        self._send(True, "FA")
        self._send(False, "FA")
        return self._send(True, "A")

    def reset(self) -> "Talk":
        return self._send(False, "R")

    def _say(self, up: bool, data: bytes) -> "Talk":
        for start in range(0, len(data), self.mss):
            self._send(up, "PA", data[start : start + self.mss])
        return self._send(not up, "A")

    def _send(self, up: bool, flags: str, data: bytes = b"") -> "Talk":
        source, target = (self.client, self.server) if up else (self.server, self.client)
        network = IPv6 if ":" in source[0] else IP
        acknowledged = self.sequences[not up] if "A" in flags else 0
        tcp = TCP(sport=source[1], dport=target[1], flags=flags, seq=self.sequences[up] % (1 << 32), ack=acknowledged)
        packet = network(src=source[0], dst=target[0]) / tcp
        if data:
            packet = packet / Raw(data)
        packet.time = self.at
        self.packets.append(packet)
        self.at += self.step
        self.sequences[up] = (self.sequences[up] + len(data) + ("S" in flags or "F" in flags)) % (1 << 32)
        return self


def ethernet(packet: Packet) -> Packet:
    return wrapped(packet, Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02"))


def wrapped(packet: Packet, *below: Packet) -> Packet:
    """``packet`` in the layers ``below``, at its own time."""
    whole = packet
    for layer in reversed(below):
        whole = layer / whole
    whole.time = packet.time
    return whole


def write(
    file: Path,
    packets: Iterable[Packet],
    *,
    wrap: Callable[[Packet], Packet] = ethernet,
    link: int = ETHERNET,
    form: str = "pcap",
) -> Path:
    """A capture file of IP packets, each wrapped for the link layer; ``form`` is pcap, pcapng, gz, zst or nano."""
    if form == "pcapng":
        with PcapNgWriter(str(file)) as writer:
            for packet in packets:
                writer.write(wrap(packet))
        return file
    with PcapWriter(str(file), linktype=link, gz=form == "gz", nano=form == "nano", sync=True) as writer:
        writer.write_header(None)
        for packet in packets:
            writer.write(wrap(packet))
    if not link:  # which scapy takes for none
        file.write_bytes((whole := file.read_bytes())[:20] + bytes(4) + whole[24:])
    if form == "zst":
        file.write_bytes(ZstdCompressor().compress(file.read_bytes()))
    return file


def captured(packets: Iterable[Packet], wrap: Callable[[Packet], Packet] = ethernet) -> list[Captured]:
    """As they come out of a capture file."""
    return [Captured(float(p.time), ETHERNET, bytes(wrap(p))) for p in packets]


def get(path: str = "/", host: str = "news.test", **headers: str) -> bytes:
    return request("GET", path, b"", host, **headers)


def request(method: str, path: str, body: bytes = b"", host: str = "news.test", **headers: str) -> bytes:
    """Header names as keywords, "_" for "-"."""
    given = {"Host": host, "Accept": "text/html"} | {name.replace("_", "-"): v for name, v in headers.items()}
    if body:
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def answer(body: bytes = b"<p>Hello.</p>", *, status: int = 200, kind: str = "text/html", **headers: str) -> bytes:
    given = {"Content-Type": kind, "Content-Length": str(len(body))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in given.items() if value)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def typed(*pieces: str) -> list[bytes]:
    """The requests by which a document's editor saves what is typed, piece by piece."""
    requests, at = list[bytes](), 1
    for piece in pieces:
        bundles = json.dumps([{"commands": [{"ty": "is", "ibi": at, "s": piece}], "sid": "5f", "reqId": at}])
        body, path = urlencode({"rev": at, "bundles": bundles}).encode(), "/document/d/diary-1/save?tab=t.0"
        kind = "application/x-www-form-urlencoded"
        requests.append(request("POST", path, body, "docs.google.com", Content_Type=kind))
        at += len(piece)
    return requests


def search(words: str = WORDS, **headers: str) -> bytes:
    return get("/search?q=" + words.replace(" ", "+"), **headers)
