"""What a replay read: every request with its status, and the hash of every body once its content coding is off."""

import hashlib
from dataclasses import asdict, dataclass

from mitmproxy.http import HTTPFlow
from mitmproxy.http import Message as HTTPMessage

from proxy_addons.decoding import CodingError, Decoder, decoder_for
from proxy_addons.exchanges import coding, media_type

MOST = 1 << 30
"""Bytes of one body at most: it is hashed as it unpacks, never kept."""


@dataclass(slots=True, kw_only=True)
class Asked:
    method: str
    url: str
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    sha256: str
    bytes: int
    type: str


class _Hash:
    """The hash of one body, taken as its pieces come."""

    def __init__(self, carrier: HTTPMessage) -> None:
        self._type = media_type(carrier.headers)
        self._raw, self._raw_size = hashlib.sha256(), 0
        self._plain, self._size = hashlib.sha256(), 0
        self._decoders: list[Decoder] | None = _decoders(coding(carrier.headers))

    def take(self, piece: bytes) -> None:
        self._raw.update(piece)
        self._raw_size += len(piece)
        if self._decoders is None:
            return
        try:
            for decoder in self._decoders:
                piece = decoder.feed(piece)
        except CodingError:
            self._decoders = None
            return
        self._plain.update(piece)
        self._size += len(piece)

    def body(self) -> Body:
        """What cannot be unpacked is named by its bytes as they came."""
        if self._decoders is None:
            return Body(sha256=self._raw.hexdigest(), bytes=self._raw_size, type=self._type)
        return Body(sha256=self._plain.hexdigest(), bytes=self._size, type=self._type)


def _decoders(codings: str) -> list[Decoder] | None:
    """In the order in which they are taken off; None where one is unknown."""
    try:
        return [decoder_for(name, MOST) for name in reversed(codings.split(","))]
    except CodingError:
        return None


class Ledger:
    """An addon that keeps the requests, and takes the pieces of bodies from the layer below the addons."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.bodies: list[Body] = []
        self._asked: dict[str, Asked] = {}
        self._open: dict[tuple[str, bool], _Hash] = {}

    def requestheaders(self, flow: HTTPFlow) -> None:
        asked = Asked(method=flow.request.method, url=flow.request.pretty_url)
        self.requests.append(asked)
        self._asked[flow.id] = asked

    def responseheaders(self, flow: HTTPFlow) -> None:
        if flow.response and flow.id in self._asked:
            self._asked[flow.id].status = flow.response.status_code

    def request(self, flow: HTTPFlow) -> None:
        self._finish(flow, from_client=True)

    def response(self, flow: HTTPFlow) -> None:
        self._finish(flow, from_client=False)
        self._asked.pop(flow.id, None)

    def error(self, flow: HTTPFlow) -> None:
        """What had come of a body before the connection ended is a body too."""
        self._finish(flow, from_client=True)
        self._finish(flow, from_client=False)
        self._asked.pop(flow.id, None)

    def piece(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None:
        carrier = flow.request if from_client else flow.response
        if carrier is not None and data:
            key = flow.id, from_client
            if key not in self._open:
                self._open[key] = _Hash(carrier)
            self._open[key].take(data)

    def tunnel(self, target: str) -> None:
        """A CONNECT; what goes through it is read as a connection of its own."""
        self.requests.append(Asked(method="CONNECT", url=target, status=200))

    def as_json(self) -> dict[str, object]:
        return {"requests": [asdict(r) for r in self.requests], "bodies": [asdict(b) for b in self.bodies]}

    def _finish(self, flow: HTTPFlow, *, from_client: bool) -> None:
        if found := self._open.pop((flow.id, from_client), None):
            self.bodies.append(found.body())
