"""The headers of an HTTP/2 message, as the request or the answer they stand for. Times are left to who knows them."""

from mitmproxy.http import Headers, Request, Response

from proxy_addons.replay.bare_messages import request_of, response_of
from proxy_addons.replay.http2_reader import Names

VERSION = b"HTTP/2.0"
_DIGITS = 3
_ASKED = {b":method", b":scheme", b":path", b":authority"}


class MalformedError(ValueError):
    """Why headers stand for no message: both ends would have refused them."""


def request(names: Names) -> Request:
    """MalformedError. Its ``host`` is empty, as that of a request that is not for a proxy."""
    said, headers = _split(names)
    if said.get(b":method") == b"CONNECT":
        raise MalformedError("that ask for a tunnel")
    if not said.keys() <= _ASKED or not {b":method", b":scheme", b":path"} <= said.keys():
        raise MalformedError("without a method, a scheme or a path, or with what HTTP/2 does not know")
    authority = said.get(b":authority", b"")
    return request_of(said[b":method"], said[b":scheme"], authority, said[b":path"], VERSION, headers)


def response(names: Names) -> Response:
    """MalformedError."""
    said, headers = _split(names)
    status = said.get(b":status", b"")
    if len(said) > 1 or len(status) != _DIGITS or not status.isdigit():
        raise MalformedError("without a status, or with what HTTP/2 does not know")
    return response_of(VERSION, int(status), b"", headers)


def _split(names: Names) -> tuple[dict[bytes, bytes], Headers]:
    """HTTP/2's own, which come first, and the others."""
    own = 0
    while own < len(names) and names[own][0][:1] == b":":
        own += 1
    said = dict(names[:own])
    if len(said) < own:
        raise MalformedError("that say something twice")
    return said, Headers(names[own:])
