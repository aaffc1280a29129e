"""One request to a sample site and its answer, free of any server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: str
    """Without its query."""
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def form(self) -> dict[str, str]:
        """The fields of an urlencoded form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    body: bytes
    media_type: str
    status: int = 200
    location: str = ""
    """Where to go instead, for a redirect."""


Site = Callable[[Request], Response]
"""What stands behind one host name."""


def request(method: str, target: str, body: bytes = b"") -> Request:
    """From a request line's target, as ``/thread/3?page=2``."""
    parts = urlsplit(target)
    return Request(method=method, path=parts.path or "/", query=dict(parse_qsl(parts.query)), body=body)


def see_other(location: str) -> Response:
    """After a form was taken: the browser reads the page that shows it."""
    return Response(status=303, location=location, body=b"", media_type="text/plain; charset=utf-8")


def not_found() -> Response:
    return Response(status=404, body=b"There is no such page here.\n", media_type="text/plain; charset=utf-8")
