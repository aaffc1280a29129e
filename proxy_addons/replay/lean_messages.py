"""mitmproxy's requests and answers, made without its check of every field's type, which took longer than all else.

What is made here is made of bytes that were read from a recording, and of nothing else.
"""

from mitmproxy.http import Headers, Message, Request, RequestData, Response, ResponseData


def request_of(
    method: bytes, scheme: bytes, authority: bytes, path: bytes, version: bytes, headers: Headers,
    host: str = "", port: int = 0,
) -> Request:  # fmt: skip
    """Without a body or a time."""
    made, data = Request.__new__(Request), RequestData.__new__(RequestData)
    data.host, data.port, data.method, data.scheme = host, port, method, scheme
    data.authority, data.path = authority, path
    _fill(made, data, version, headers)
    return made


def response_of(version: bytes, status: int, reason: bytes, headers: Headers) -> Response:
    """Without a body or a time."""
    made, data = Response.__new__(Response), ResponseData.__new__(ResponseData)
    data.status_code, data.reason = status, reason
    _fill(made, data, version, headers)
    return made


def _fill(made: Message, data: RequestData | ResponseData, version: bytes, headers: Headers) -> None:
    data.http_version, data.headers = version, headers
    data.content = data.trailers = data.timestamp_end = None
    data.timestamp_start = 0.0
    made.data = data
