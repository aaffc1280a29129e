"""Tell by its first bytes what a connection speaks; ports say nothing."""

import re
from dataclasses import dataclass
from enum import Enum

HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n"
LONGEST_HEAD = 64 << 10
_METHOD = rb"\s*[A-Z][A-Z0-9_$!#%&'*+.^`|~-]{0,30}"
_REQUEST = re.compile(_METHOD + rb"\s+\S+( HTTP/[0-9]|\s+HTTP/1|\r?\n)")
_STARTS_LIKE_ONE = re.compile(_METHOD + rb"( \S*( [HTP/.0-9]*)?)?$")


class Speaks(Enum):
    UNDECIDED = "undecided"
    HTTP1 = "HTTP/1"
    HTTP2 = "HTTP/2"
    CONNECT = "CONNECT"
    TLS = "TLS"
    OTHER = "other"


def speaks(first: bytes) -> Speaks:
    """What the client's first bytes say; undecided while more are needed."""
    if not first:
        return Speaks.UNDECIDED
    if first[0] == 0x16:
        return Speaks.TLS if len(first) < 2 or first[1] == 3 else Speaks.OTHER
    if HTTP2_PREFACE.startswith(first[: len(HTTP2_PREFACE)]):
        return Speaks.HTTP2 if len(first) >= len(HTTP2_PREFACE) else Speaks.UNDECIDED
    if first.startswith(b"CONNECT "):
        return Speaks.CONNECT if b"\n" in first else Speaks.UNDECIDED
    if _REQUEST.match(first):
        return Speaks.HTTP1
    undecided = len(first) < LONGEST_HEAD and _STARTS_LIKE_ONE.match(first)
    return Speaks.UNDECIDED if undecided else Speaks.OTHER


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A CONNECT request's target, and how many bytes its head takes."""

    host: str
    port: int
    length: int


def tunnel(first: bytes) -> Tunnel | None:
    """None while the head is not whole; ValueError where it names no target."""
    length = head_length(first)
    if length is None:
        return None
    words = first.split(None, 2)
    host, _, port = words[1].decode("latin-1").rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("CONNECT names no target")
    return Tunnel(host.strip("[]"), int(port), length)


def head_length(data: bytes) -> int | None:
    """Bytes up to and with the empty line that ends an HTTP/1 head; None if it is not there."""
    found = re.search(rb"\r?\n\r?\n", data)
    return found.end() if found else None


def server_name(hello: bytes) -> str:
    """The SNI of a TLS client hello, as far as these first bytes hold it; empty if there is none."""
    found = re.search(rb"\x00\x00..\x00.\x00(..)([a-z0-9_.-]+\.[a-z0-9-]+)", hello[:4096], re.DOTALL | re.IGNORECASE)
    if not found:
        return ""
    length = int.from_bytes(found[1], "big")
    return found[2][:length].decode("ascii", "replace") if length <= len(found[2]) else ""
