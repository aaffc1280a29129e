"""Which request an answer of HTTP/1 belongs to, where nothing says so but their order, and some may be missing."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from mitmproxy.http import Request

from proxy_addons.replay.exchange import Exchange
from proxy_addons.replay.http_recording import MOST_UNANSWERED

Told = Callable[[int | None], None]
"""Takes the status a proxy gave to a CONNECT, or None while there is none."""


@dataclass(slots=True, eq=False)
class Http1Exchange(Exchange):
    method: str = ""
    request: Request | None = None
    target: str = ""
    """Of a CONNECT."""
    told: Told = lambda status: None
    headless: bool = False
    """Its answer has no head, as in HTTP/0.9, or none that was captured."""


class Pairing:
    def __init__(self) -> None:
        self._count = 0
        self._unanswered: deque[Http1Exchange] = deque()
        self._pipelined = False
        """Several were asked at once."""

    @property
    def is_empty(self) -> bool:
        """Nothing was asked or answered so far."""
        return not self._count

    @property
    def first(self) -> Http1Exchange | None:
        """The oldest that is unanswered."""
        return self._unanswered[0] if self._unanswered else None

    def new(self, method: str) -> Http1Exchange:
        """One that waits for no answer."""
        self._count += 1
        return Http1Exchange(id=2 * self._count - 1, method=method)

    def ask(self, method: str, *, while_answering: bool, is_lost: bool) -> Http1Exchange:
        """One that waits for an answer. ``while_answering``: another is being given; ``is_lost``: behind a hole in the
        answers, in which what seems to be unanswered may have been answered."""
        self._pipelined |= (bool(self._unanswered) or while_answering) and not is_lost
        exchange = self.new(method)
        self._unanswered.append(exchange)
        return exchange

    def forgotten(self) -> Http1Exchange | None:
        """The oldest, where too many wait."""
        return self._unanswered.popleft() if len(self._unanswered) > MOST_UNANSWERED else None

    def missed(self, *, behind_hole: bool) -> list[Http1Exchange]:
        """Those that the next answer does not belong to, which theirs were lost before: all but the last behind a hole,
        and the last as well where several were asked at once."""
        if not behind_hole or len(self._unanswered) < 2:
            return []
        kept = 0 if self._pipelined else 1
        return [self._unanswered.popleft() for _ in range(len(self._unanswered) - kept)]

    def answer(self) -> Http1Exchange | None:
        """The one that is answered now; None where its request is missing."""
        return self._unanswered.popleft() if self._unanswered else None
