"""Remember pages and what they are drawn with, for some minutes and in memory only, so that a capture can show them."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import urlsplit

from mitmproxy.http import HTTPFlow

from detection.evidence import Exchange
from proxy_addons.bypass import UNREAD
from proxy_addons.exchanges import decoded, exchange
from proxy_addons.first_part import FirstPart
from proxy_addons.identify import address_of
from proxy_addons.message_headers import coding, header, length, media_type
from proxy_addons.watchdog import Watchdog

PARTS = ("image/", "font/", "text/css", "application/font", "application/x-font", "application/vnd.ms-fontobject")
"""Media types a page is drawn with."""
PART = "gatehouse.part"
"""Flow metadata: the FirstPart that keeps a part's bytes as they pass."""
OVERHEAD = 2048
"""Bytes a remembered exchange costs beside its body, roughly."""
DECODED = 8 << 20
"""Bytes of one unpacked body at most; the renderer takes no larger ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    client: str
    flow: str
    at: datetime
    referer: str
    coding: str
    exchange: Exchange
    """Its body still in its content coding."""

    @property
    def size(self) -> int:
        return len(self.exchange.body) + OVERHEAD


class Recorder:
    def __init__(
        self,
        watchdog: Watchdog,
        *,
        most_bytes: int,
        minutes: float,
        part_bytes: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._watchdog, self._now = watchdog, now
        self._most, self._part_bytes, self._life = most_bytes, part_bytes, timedelta(minutes=minutes)
        self._kept: deque[_Kept] = deque()
        self._size = 0
        self._lock = threading.Lock()  # pages are remembered on the event loop, asked for by inspection and sensor

    def responseheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("recorder", flow.id):
            if flow.response is None or flow.metadata.get(UNREAD) or flow.response.status_code != 200:
                return
            if not media_type(flow.response.headers).startswith(PARTS):
                return
            if (length(flow.response.headers) or 0) <= self._part_bytes:
                flow.response.stream = flow.metadata[PART] = FirstPart(self._part_bytes)

    def response(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("recorder", flow.id):
            part = flow.metadata.pop(PART, None)
            if isinstance(part, FirstPart) and part.whole and not flow.metadata.get(UNREAD):
                self.keep(flow, exchange(flow, part.body))

    def keep(self, flow: HTTPFlow, coded: Exchange) -> None:
        """Remember a response; its body as it came, in its content coding."""
        if flow.response is None:
            return
        kept = _Kept(
            client=address_of(flow),
            flow=flow.id,
            at=self._now(),
            referer=header(flow.request.headers, b"referer"),
            coding=coding(flow.response.headers),
            exchange=coded,
        )
        with self._lock:
            self._kept.append(kept)
            self._size += kept.size
        self.forget()

    def forget(self) -> None:
        """Let go of what is too old or too much."""
        oldest = self._now() - self._life
        with self._lock:
            while self._kept and (self._size > self._most or self._kept[0].at < oldest):
                self._size -= self._kept.popleft().size

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._size

    def exchanges_for(self, flow: HTTPFlow) -> list[Exchange]:
        """The page this flow brought, first, then what it has been drawn with so far; empty if it brought none."""
        self.forget()
        client = address_of(flow)
        with self._lock:
            mine = [kept for kept in self._kept if kept.client == client]
        page = next((kept for kept in mine if kept.flow == flow.id), None)
        if page is None:
            return []
        return [_plain(page), *(_plain(part) for part in _parts(page, mine))]


def _plain(kept: _Kept) -> Exchange:
    return decoded(kept.exchange, kept.coding, DECODED)


def _parts(page: _Kept, mine: list[_Kept]) -> Iterator[_Kept]:
    """What names the page (or a style sheet of it) as its referer, and what its markup names but the browser had."""
    address = urlsplit(page.exchange.url)
    origin = f"{address.scheme}://{address.netloc}/"
    markup = _plain(page).body
    askers = {page.exchange.url.partition("#")[0]}
    latest: dict[str, _Kept] = {}
    for kept in mine:
        if kept is page or not kept.exchange.media_type.startswith(PARTS):
            continue
        asked = kept.referer in askers or (kept.referer == origin and kept.at >= page.at)
        if asked or _names(markup, kept.exchange.url):
            latest[kept.exchange.url] = kept
            if kept.exchange.media_type == "text/css":
                askers.add(kept.exchange.url)
    yield from latest.values()


def _names(markup: bytes, url: str) -> bool:
    """Whether the markup holds this address, at least its path."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return len(path) > 1 and (path.encode() in markup or escape(path, quote=False).encode() in markup)
