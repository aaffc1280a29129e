"""One request of a recording and its answer, of which no part is told before the request, however early it came."""

from dataclasses import dataclass, field

from mitmproxy.proxy.layers.http._base import HttpEvent
from mitmproxy.proxy.layers.http._events import ResponseData

MOST_EARLY = 1 << 20
"""Bytes of an answer that came before the end of its request, and wait for it."""


@dataclass(slots=True, eq=False)
class Exchange:
    id: int
    """Number of the stream; HTTP/1 has one for each request."""
    asked: bool = False
    """An answer may be told: the request has ended, or is passed on as it comes."""
    _early: list[HttpEvent] = field(default_factory=list)
    _early_bytes: int = 0

    def holds(self, event: HttpEvent) -> bool:
        """Whether a part of the answer must wait for the request; then it is kept until ``release``."""
        if self.asked and not self._early:
            return False
        self._early.append(event)
        self._early_bytes += len(event.data) if isinstance(event, ResponseData) else 0
        return True

    @property
    def is_full(self) -> bool:
        """No more of the answer can wait."""
        return self._early_bytes > MOST_EARLY

    def release(self) -> list[HttpEvent]:
        held, self._early, self._early_bytes = self._early, [], 0
        return held
