"""Both directions of a recorded connection of HTTP, whichever version: what the layer above asks of it."""

from abc import abstractmethod
from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar

from mitmproxy.connection import Connection
from mitmproxy.http import Request
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp

from proxy_addons.replay.exchange import Exchange

MOST_UNANSWERED = 1000
"""Requests of a connection that wait for an answer; where only one side was captured, none ever comes."""
E = TypeVar("E", bound=Exchange)


@dataclass
class BytesLost(events.ConnectionEvent):
    """A hole in what a side said."""

    size: int


class HttpRecording(Layer, Generic[E]):
    """Tells the requests and answers that mitmproxy's streams take."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.unread: Counter[tuple[str, str]] = Counter()
        """By (what, reason)."""
        self.leads_to = ""
        """The target of a CONNECT once it was granted: HTTP ends there."""
        self.upgraded: Request | None = None
        """What was asked when HTTP/2 was agreed on: HTTP/1 ends there."""

    @property
    def skipped(self) -> int:
        """Bytes that belong to no message, as far as could be made out."""
        return 0

    def leftover(self, connection: Connection) -> bytes:
        """What a side had said already beyond the end of HTTP."""
        return b""

    def sent(self, event: HttpEvent) -> None:
        """A stream would send this on to one of the two sides, who have it already."""

    def _send(self, exchange: E, event: HttpEvent) -> CommandGenerator[None]:
        """Tell an answer, but not before its request has ended, or is passed on."""
        if not exchange.holds(event):
            yield ReceiveHttp(event)
        elif exchange.is_full:
            yield from self._end_request(exchange)

    @abstractmethod
    def _end_request(self, exchange: E) -> CommandGenerator[None]:
        """No more of it comes, or is waited for: what of its answer was held is told."""
