"""Tell by its first bytes what a connection speaks; ports say nothing."""

import re
from enum import Enum

from proxy_addons.replay.dns_message import LONGEST, begins_lookup

HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n"
_TLS_RECORDS = range(0x14, 0x18)
"""Its handshake, and what a capture that begins later has first."""
LONGEST_LINE = 64 << 10
_METHOD = rb"\s*[A-Z][A-Z0-9_$!#%&'*+.^`|~-]{0,30}"
_KNOWN = rb"\s*(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT)"
_REQUEST = re.compile(
    # With its version, in any method; without, only in the well-known: "USER anna" is a line of many protocols.
    rb"(?:" + _METHOD + rb"\s[^\r\n]*(?i:HTTP)/[0-9]|" + _KNOWN + rb"(?:\s[^\r\n]*)?\r?\n)"
)
_ANSWER = b"HTTP/1."
_STARTS_LIKE_ONE = re.compile(_METHOD + rb"(?:\s[^\r\n]*)?$")


class Speaks(Enum):
    UNDECIDED = "undecided"
    HTTP1 = "HTTP/1"
    HTTP2 = "HTTP/2"
    SOCKS = "SOCKS"
    TLS = "TLS"
    DNS = "DNS"
    CLEAR = "mail, chat, news or files in clear"
    OTHER = "other"


def speaks(first: bytes) -> Speaks:
    """What the client's first bytes say; undecided while more are needed."""
    if not first:
        return Speaks.UNDECIDED
    if first[0] in _TLS_RECORDS:
        return Speaks.TLS if len(first) < 2 or first[1] == 3 else Speaks.OTHER
    if first[0] in (4, 5):
        return _socks(first)
    if first[0] <= LONGEST >> 8:
        return _dns(first)
    if HTTP2_PREFACE.startswith(first[: len(HTTP2_PREFACE)]):
        return Speaks.HTTP2 if len(first) >= len(HTTP2_PREFACE) else Speaks.UNDECIDED
    if _REQUEST.match(first):
        return Speaks.HTTP1
    return Speaks.UNDECIDED if len(first) < LONGEST_LINE and _STARTS_LIKE_ONE.match(first) else Speaks.OTHER


def begins_tls(first: bytes) -> bool:
    """Whether a client's hello begins here."""
    return first[:1] == b"\x16" and first[1:2] == b"\x03" and first[5:6] == b"\x01"


def answers(first: bytes) -> Speaks:
    """What a side's first bytes say if that side is the server."""
    begins = first[: len(_ANSWER)].upper()
    if begins == _ANSWER:
        return Speaks.HTTP1
    return Speaks.UNDECIDED if _ANSWER.startswith(begins) else Speaks.OTHER


def _dns(first: bytes) -> Speaks:
    begins = begins_lookup(first)
    if begins is None:
        return Speaks.UNDECIDED
    return Speaks.DNS if begins else Speaks.OTHER


def _socks(first: bytes) -> Speaks:
    if len(first) < 3:
        return Speaks.UNDECIDED
    if first[0] == 4:
        return Speaks.SOCKS if first[1] == 1 and len(first) >= 8 else Speaks.OTHER
    methods = first[2 : 2 + first[1]]
    return Speaks.SOCKS if methods and all(method in (0, 1, 2, 3, 255) for method in methods) else Speaks.OTHER


def server_name(hello: bytes) -> str:
    """The SNI of a TLS client hello, as far as these first bytes hold it; empty if there is none."""
    found = re.search(rb"\x00\x00..\x00.\x00(..)([a-z0-9_.-]+\.[a-z0-9-]+)", hello[:4096], re.DOTALL | re.IGNORECASE)
    if not found:
        return ""
    length = int.from_bytes(found[1], "big")
    return found[2][:length].decode("ascii", "replace") if length <= len(found[2]) else ""
