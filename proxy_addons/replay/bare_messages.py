"""mitmproxy's requests and answers as a recording begins them: neither a body nor a time is known yet."""

from mitmproxy.http import Headers, Request, Response


def request_of(
    method: bytes, scheme: bytes, authority: bytes, path: bytes, version: bytes, headers: Headers,
    host: str = "", port: int = 0,
) -> Request:  # fmt: skip
    return Request(host, port, method, scheme, authority, path, version, headers, None, None, 0.0, None)


def response_of(version: bytes, status: int, reason: bytes, headers: Headers) -> Response:
    return Response(version, status, reason, headers, None, None, 0.0, None)
