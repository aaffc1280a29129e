"""Tell answers that end from those that go on and on: holding the latter back would silence a chat for minutes."""

import time
from collections import OrderedDict
from collections.abc import Callable

from mitmproxy.http import HTTPFlow

from detection.extract.media_types import GRPC, GRPC_TEXT
from proxy_addons.fetch_metadata import is_navigation
from proxy_addons.message_headers import media_type
from proxy_addons.request_address import host_of

STREAMS = GRPC | GRPC_TEXT | frozenset({
    "text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-seq",
    "application/x-jsonlines", "application/jsonlines", "application/stream+json", "application/connect+json",
    "multipart/mixed",
})  # fmt: skip
PATIENCE = 10.0
"""Seconds from its first byte after which an answer still going on counts as one that does not end."""
MOST = 1000
"""Addresses remembered."""


class Endless:
    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def expected(self, flow: HTTPFlow) -> bool:
        """Whether the answer, of which there are only the headers, is of the kind that goes on."""
        if flow.response is None:
            return False
        return media_type(flow.response.headers) in STREAMS or _channel(flow) or _address(flow) in self._known

    def learn(self, flow: HTTPFlow) -> None:
        """After the end, good or bad, of an answer that was held back: next time it will not be. Pages always are."""
        began = flow.response.timestamp_start if flow.response else None
        if began is not None and self._clock() - began > PATIENCE and not is_navigation(flow.request.headers):
            self._known[_address(flow)] = None
            if len(self._known) > MOST:
                self._known.popitem(last=False)


def _address(flow: HTTPFlow) -> tuple[str, str]:
    return host_of(flow.request), flow.request.path.partition("?")[0]


def _channel(flow: HTTPFlow) -> bool:
    """The back channel of Google's applications (Docs, Gmail, Firestore): one answer that stays open for minutes."""
    if "RID=rpc" not in flow.request.path:  # hardly any does, and taking a query apart takes long
        return False
    query = flow.request.query
    return query.get("RID") == "rpc" and query.get("TYPE") == "xmlhttp"
