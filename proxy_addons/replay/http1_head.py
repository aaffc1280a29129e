"""Heads of HTTP/1 messages as they really come: what a strict reader would refuse, somebody passed on.

Times are left to who knows them.
"""

import re
from urllib.parse import urlsplit

from mitmproxy.http import Headers, Request, Response

from proxy_addons.replay.bare_messages import request_of, response_of
from proxy_addons.replay.http1_parts import Framing

_VERSION = re.compile(rb"\s+(HTTP/[0-9.]+)\s*$", re.IGNORECASE)
_STATUS = re.compile(rb"(HTTP/[0-9.]+|ICY)\s+0*([0-9]{3})\b\s*(.*)", re.DOTALL | re.IGNORECASE)
_ODD_STATUS = re.compile(rb"HTTP/(?:.*?\b([1-5][0-9]{2})\b)?", re.DOTALL | re.IGNORECASE)
"""A line that begins as an answer's does, whatever comes then."""
_ABSOLUTE = re.compile(rb"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LINES = re.compile(rb"\r*\n|\r(?=[A-Za-z-]+:)")
_NO_HEADERS = re.compile(rb"\n((?:[^\s:][^:\r\n]*\r?\n)+\r?\n)\Z")
_BLANK = bytes(range(33)) + b"\x7f"
"""What somebody leaves out who reads a header."""
WITHOUT_BODY = frozenset({204, 304})
OLDEST = "HTTP/0.9"
"""A line for a request, and for an answer nothing but its body."""


def request(head: bytes) -> Request:
    """A target with scheme and host, as a proxy is told, gives the request its ``host``; else that is empty."""
    line, *fields = _LINES.split(head.strip(b"\r\n"))
    version = _VERSION.search(line)
    words = (line[: version.start()] if version else line).split(None, 1)
    target = words[1].strip() if len(words) > 1 else b""
    scheme, host, port, path = _absolute(target) if _ABSOLUTE.match(target) else (b"", "", 0, target)
    method, spoken = words[0] if words else b"", version[1].upper() if version else OLDEST.encode()
    return request_of(method, scheme, b"", path or b"/", spoken, _headers(fields), host, port)


def unknown_request() -> Request:
    """For an answer whose request was not captured; what came was put before somebody, so it is read as a page."""
    return request(b"GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n")


def response(head: bytes) -> Response | None:
    """None where it is no answer at all."""
    line, *fields = _LINES.split(head.strip(b"\r\n"))
    if status := _STATUS.match(line):
        return response_of(status[1].upper(), int(status[2]), status[3].strip(), _headers(fields))
    headers, odd = _headers(fields), _ODD_STATUS.match(line)
    if not odd and not headers:
        return None
    return response_of(b"HTTP/1.1", int(odd[1] or 200) if odd else 200, b"", headers)


def behind_headers(head: bytes) -> bytes:
    """Lines at its end that are no headers: a body without an empty line before it looks so."""
    found = _NO_HEADERS.search(head)
    return found[1] if found else b""


def stray_request(before: Request | None) -> Request:
    """For what a client says behind its last request: it goes to the same place, in the same form."""
    stray = before.copy() if before else unknown_request()
    stray.method, stray.content = "POST", None
    _unframe(stray.headers)
    return stray


def stray_response(before: Response | None) -> Response:
    """For what a server says behind its last answer."""
    stray = before.copy() if before else oldest_response()
    stray.http_version, stray.status_code, stray.content = OLDEST, 200, None
    _unframe(stray.headers)
    return stray


def _unframe(headers: Headers) -> None:
    for name in ("content-length", "transfer-encoding", "content-encoding"):
        headers.pop(name, None)


def oldest_response() -> Response:
    """What an HTTP/0.9 server's answer would begin with, if it had a head."""
    return response_of(OLDEST.encode(), 200, b"", Headers([(b"Content-Type", b"text/html")]))


def request_framing(asked: Request) -> Framing | int:
    if asked.method.upper() == "CONNECT":
        return Framing.HELD
    if "transfer-encoding" in asked.headers:
        return Framing.CHUNKED
    return _length(asked.headers) or 0


def response_framing(method: str, answered: Response) -> Framing | int:
    """``method``: of the request."""
    if method.upper() == "HEAD" or answered.status_code in WITHOUT_BODY or answered.status_code < 200:
        return 0
    if "chunked" in answered.headers.get("transfer-encoding", "").lower():
        return Framing.CHUNKED
    length = _length(answered.headers)
    return Framing.UNTIL_END if length is None else length


def _length(headers: Headers) -> int | None:
    """The first, where there are several; None where there is none, or no number."""
    found = re.match(r"\s*\+?([0-9]{1,18})", headers.get("content-length", ""))
    return int(found[1]) if found else None


def _headers(fields: list[bytes]) -> Headers:
    found: list[tuple[bytes, bytes]] = []
    for line in fields:
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = found[-1][0], (found[-1][1] + b" " + line.strip()).strip()
        elif colon and (name := name.strip(_BLANK)):
            found.append((name, value.strip(_BLANK)))
    return Headers(found)


def _absolute(target: bytes) -> tuple[bytes, str, int, bytes]:
    """Scheme, host, port and path; an address that cannot be is all path."""
    scheme, rest = target.split(b"://", 1)
    authority, slash, path = rest.partition(b"/")
    try:
        parts = urlsplit(f"//{authority.decode('idna')}")
        port = parts.port or (443 if scheme.lower() == b"https" else 80)
    except (ValueError, UnicodeError):
        return b"", "", 0, target
    return (scheme.lower(), parts.hostname, port, slash + path) if parts.hostname else (b"", "", 0, target)
