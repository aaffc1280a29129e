"""Read what web traffic says before it is passed on: what the person sends, and what they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mitmproxy.http import Headers, HTTPFlow, Response

from detection.extract import reads
from detection.extract.jsonp import calls_back
from detection.extract.media_types import CONVERSATIONS, PROGRAMS
from proxy_addons.bypass import UNREAD
from proxy_addons.endless import Endless
from proxy_addons.fetch_metadata import MARKUP, NEVER_WRITTEN, is_page
from proxy_addons.first_part import FirstPart
from proxy_addons.inspect_stream import EventStream
from proxy_addons.inspection import Inspects
from proxy_addons.late_stream import SENT, SHOWN
from proxy_addons.message_headers import coding, header, length, media_type
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.watchdog import Watchdog
from proxy_addons.web_message import WebMessage, shown, written

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes of a body."""

    held: int = 4 << 20
    """Held back until read; a larger one is passed on as it comes."""
    first: int = 1 << 20
    """Read of a body that is passed on as it comes."""
    unpacked: int = 8 << 20
    """Read once the content coding is off."""


class InspectWeb:
    def __init__(
        self,
        reader: Reader,
        inspection: Inspects,
        recorder: Recorder,
        watchdog: Watchdog,
        limits: Limits,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reader, self._inspection, self._recorder = reader, inspection, recorder
        self._watchdog, self._limits, self._now = watchdog, limits, now
        self._endless = Endless(lambda: now().timestamp())

    def requestheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("requestheaders", flow.id):
            read = not flow.metadata.get(UNREAD)
            going_on = read and media_type(flow.request.headers) in CONVERSATIONS
            flow.request.stream = FirstPart(self._limits.first) if going_on else self._way(flow, SENT, read=read)

    async def request(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("request", flow.id):
            if not flow.metadata.get(UNREAD) and _may_be_written(flow):
                message = written(flow, self._now(), lambda: self._recorder.exchanges_for(flow))
                await self._inspect(flow, message, passed_on=flow.request.raw_content is None)

    def responseheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("responseheaders", flow.id):
            response = flow.response
            if response is None or response.status_code == 101 or callable(response.stream):
                return
            read = not flow.metadata.get(UNREAD) and _is_shown(flow, response.headers)
            if read and self._endless.expected(flow):
                response.stream = self._events(flow, response)
            else:
                response.stream = self._way(flow, SHOWN, read=read)

    async def response(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("response", flow.id):
            response = flow.response
            if response is None or flow.metadata.get(UNREAD) or not _is_shown(flow, response.headers):
                return
            if response.raw_content == b"" or isinstance(response.stream, EventStream):
                return
            if not response.stream:
                self._endless.learn(flow)
            message = shown(flow, response, self._now(), lambda: self._recorder.exchanges_for(flow))
            if response.raw_content and message.exchange.media_type in MARKUP:
                self._recorder.keep(flow, replace(message.exchange, body=response.raw_content))
            await self._inspect(flow, message, passed_on=response.raw_content is None)

    def error(self, flow: HTTPFlow) -> None:
        """The connection broke: what had come of a stream by then is read all the same."""
        with self._watchdog.guard("error", flow.id):
            if flow.response and isinstance(flow.response.stream, EventStream):
                flow.response.stream.finish()
            elif flow.response and not flow.response.stream:
                self._endless.learn(flow)

    def _way(self, flow: HTTPFlow, late: str, *, read: bool) -> bool | FirstPart:
        """For mitmproxy's ``stream``: hold the body back (False), let it pass (True), or pass and keep a part. What
        does not say how long it is may turn out too long to be held (``late``)."""
        headers = flow.request.headers if late == SENT or flow.response is None else flow.response.headers
        size = length(headers)
        if not read or not _reads(flow, headers):
            return True
        if size is None:
            flow.metadata[late] = FirstPart(self._limits.first)
        return FirstPart(self._limits.first) if (size or 0) > self._limits.held else False

    async def _inspect(self, flow: HTTPFlow, message: WebMessage, *, passed_on: bool) -> None:
        self._watchdog.count("messages")
        if passed_on:
            self._inspection.submit(self._job(message), len(message.body), flow.id)
        else:
            await self._inspection.run(self._job(message), len(message.body), flow.id)

    def _job(self, message: WebMessage) -> Callable[[], None]:
        return lambda: message.read(self._reader, self._watchdog, self._limits.unpacked)

    def _events(self, flow: HTTPFlow, response: Response) -> EventStream:
        def read(piece: bytes) -> None:
            events = replace(shown(flow, response, self._now(), list), body=piece, coding="", whole=True)
            self._watchdog.count("messages")
            self._inspection.submit(self._job(events), len(piece), flow.id)

        return EventStream(
            coding(response.headers), read, self._watchdog, flow.id, clock=lambda: self._now().timestamp(),
            media_type=media_type(response.headers),
        )  # fmt: skip


def _may_be_written(flow: HTTPFlow) -> bool:
    """Whether there may be a person's words in a request: in its body, or in the query of an address."""
    asked_as = header(flow.request.headers, b"sec-fetch-dest")
    if flow.request.method in ("HEAD", "OPTIONS", "TRACE"):
        return False
    if asked_as in NEVER_WRITTEN and not (asked_as == "script" and calls_back(flow.request.path)):
        return False
    return flow.request.method != "GET" or "?" in flow.request.path


def _is_shown(flow: HTTPFlow, headers: Headers) -> bool:
    """Whether an answer reaches the person's eyes as words: no redirect, no stranger's frame, no picture or program."""
    if flow.response is None or flow.request.method == "HEAD" or _leads_elsewhere(flow.response, headers):
        return False
    kind = media_type(headers)
    return _reads(flow, headers) and (kind not in MARKUP or is_page(flow.request.headers))


def _reads(flow: HTTPFlow, headers: Headers) -> bool:
    kind = media_type(headers)
    if kind in PROGRAMS:
        return header(flow.request.headers, b"sec-fetch-dest") == "empty" or calls_back(flow.request.path)
    return reads(kind, length(headers))


def _leads_elsewhere(response: Response, headers: Headers) -> bool:
    """Whether a browser shows something else instead. A redirect that names no place is a page like any other, and so
    is 300, a choice of places, even where it names one (Chromium, ``HttpResponseHeaders::IsRedirectResponseCode``)."""
    return response.status_code == 304 or (response.status_code in _REDIRECTS and header(headers, b"location") != "")
