"""What a replay read: every request with its status, and the hash of every body once its content coding is off."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass

from mitmproxy.http import HTTPFlow

from proxy_addons.replay.body_hash import Body, BodyHash
from proxy_addons.replay.coverage import Coverage
from proxy_addons.replay.http1_head import OLDEST
from proxy_addons.replay.http1_stand_ins import NOT_ASKED
from proxy_addons.request_address import url_of

_ASKED, _SENT, _ANSWERED = "gatehouse.replay.asked", "gatehouse.replay.sent", "gatehouse.replay.answered"
"""Flow metadata: so that what is open is forgotten with its flow."""


@dataclass(slots=True, kw_only=True)
class Asked:
    method: str
    url: str
    status: int | None = None


class Ledger:
    """An addon that keeps the requests, and takes the pieces of bodies from the layer below the addons."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self.requests: list[Asked] = []
        self.bodies: list[Body] = []
        self.unread: Counter[tuple[str, str]] = Counter()

    def requestheaders(self, flow: HTTPFlow) -> None:
        if not flow.metadata.get(NOT_ASKED):
            flow.metadata[_ASKED] = self._note(flow.request.method, url_of(flow.request))

    def responseheaders(self, flow: HTTPFlow) -> None:
        asked = flow.metadata.get(_ASKED)
        if flow.response and flow.response.http_version != OLDEST and isinstance(asked, Asked):
            asked.status = flow.response.status_code

    def request(self, flow: HTTPFlow) -> None:
        self._finish(flow, _SENT)

    def response(self, flow: HTTPFlow) -> None:
        self._finish(flow, _ANSWERED)

    def error(self, flow: HTTPFlow) -> None:
        """What had come of a body before the connection ended is a body too."""
        self._finish(flow, _SENT)
        self._finish(flow, _ANSWERED)

    def piece(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None:
        carrier, key = (flow.request, _SENT) if from_client else (flow.response, _ANSWERED)
        if carrier is not None and data:
            self._coverage.piece(flow, len(data))
            flow.metadata.setdefault(key, BodyHash(carrier.headers)).take(data)

    def connect(self, target: str) -> Callable[[int | None], None]:
        """A CONNECT; what goes through it is read as a connection of its own."""
        asked = self._note("CONNECT", target)

        def told(status: int | None) -> None:
            asked.status = status

        return told

    def as_json(self) -> dict[str, object]:
        return {"requests": [asdict(r) for r in self.requests], "bodies": [asdict(b) for b in self.bodies]}

    def _note(self, method: str, url: str) -> Asked:
        asked = Asked(method=method, url=url)
        self.requests.append(asked)
        return asked

    def _finish(self, flow: HTTPFlow, key: str) -> None:
        found = flow.metadata.pop(key, None)
        if isinstance(found, BodyHash):
            self.bodies.append(found.body)
            if found.broken:
                self.unread["bodies", found.broken] += 1
