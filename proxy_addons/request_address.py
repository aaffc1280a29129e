"""Where a request says it goes: mitmproxy's ``pretty_host`` and ``pretty_url``, worked out once for each host, since
every request is asked several times."""

from functools import lru_cache

from mitmproxy.http import Request
from mitmproxy.net.http.url import default_port, parse_authority, unparse

from proxy_addons.message_headers import header

_LONGEST = 300
"""Characters of a name that is remembered; what is longer is nobody's."""


def host_of(request: Request) -> str:
    """Where it says it goes; where it says nothing, where it goes."""
    named = _named(request)
    return _taken_apart(named)[0] if named else request.host


def url_of(request: Request) -> str:
    named = _named(request)
    if not named or request.first_line_format == "authority":
        return request.pretty_url
    host, port = _taken_apart(named)
    return unparse(request.scheme, host, port or default_port(request.scheme) or 443, request.path)


def _named(request: Request) -> str:
    asked = request.authority if request.is_http2 or request.is_http3 else ""
    return asked or header(request.headers, b"host")


def _taken_apart(named: str) -> tuple[str, int | None]:
    return _remembered(named) if len(named) <= _LONGEST else parse_authority(named, check=False)


@lru_cache(maxsize=4096)
def _remembered(named: str) -> tuple[str, int | None]:
    return parse_authority(named, check=False)
