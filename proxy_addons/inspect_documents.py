"""Read documents that are sent or fetched. None is held back: they pass as they come, and a copy is read afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mitmproxy.http import HTTPFlow
from mitmproxy.http import Message as HTTPMessage

from detection.documents.kind import LOOK_AT, begins_like_a_document
from detection.documents.wrapped import holds_wrapped
from detection.extract.media_types import MAIL, is_json, may_be_document, reads, says_document
from proxy_addons.bypass import UNREAD
from proxy_addons.document_copy import Allowance, DocumentCopy
from proxy_addons.document_reading import DocumentReading
from proxy_addons.fetch_metadata import NEVER_WRITTEN
from proxy_addons.first_part import FirstPart
from proxy_addons.identify import address_of
from proxy_addons.inspection import Job
from proxy_addons.message_headers import coding, header, media_type
from proxy_addons.request_address import url_of
from proxy_addons.upload_ranges import UploadRanges, begins_later, ends_early
from proxy_addons.watchdog import Unread, Watchdog
from proxy_addons.web_message import WebMessage, shown, written

SENT, FETCHED = "gatehouse.document-sent", "gatehouse.document-fetched"
"""Flow metadata: the DocumentCopy of a body that is passing."""
_LARGE = Unread.DOCUMENT_LARGE
_NO_DOCUMENT = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLimits:
    """Bytes."""

    one: int = 16 << 20
    """Kept of one body."""
    together: int = 64 << 20
    """Kept of all bodies that are passing."""


class InspectDocuments:
    """After ``InspectWeb``, whose way of reading a body comes first: only what it lets pass is copied here."""

    def __init__(
        self,
        reading: DocumentReading,
        watchdog: Watchdog,
        limits: DocumentLimits,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reading, self._watchdog, self._limits, self._now = reading, watchdog, limits, now
        self._allowance = Allowance(limits.together)
        self._ranges = UploadRanges(most_of_one=limits.one, most=limits.together)

    def requestheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("documents", flow.id):
            self._ranges.forget(self._now().timestamp())
            self._count_lost()
            if not flow.metadata.get(UNREAD) and flow.request.method not in ("GET", "HEAD", "OPTIONS"):
                goes_on = self._goes_on(flow)
                if goes_on or _may_be_sent(flow.request):
                    flow.metadata[SENT] = self._listen(flow.request, sure=goes_on)

    def request(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("documents", flow.id):
            copy = flow.metadata.pop(SENT, None)
            if isinstance(copy, DocumentCopy):
                self._sent(flow, *self._taken(copy), copy.done)
            elif (held := flow.request.raw_content) and (self._goes_on(flow) or _carries(flow.request, held)):
                self._sent(flow, held, True, _nothing)

    def responseheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("documents", flow.id):
            response = flow.response
            if response is None or response.status_code not in (200, 206) or flow.metadata.get(UNREAD):
                return
            if header(flow.request.headers, b"sec-fetch-dest") in NEVER_WRITTEN or not _may_be_fetched(response):
                return
            if begins_later(_range(response)):
                if says_document(media_type(response.headers)):
                    self._watchdog.unread(Unread.DOCUMENT_BROKEN)
                return
            flow.metadata[FETCHED] = self._listen(response)

    def response(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("documents", flow.id):
            response, copy = flow.response, flow.metadata.pop(FETCHED, None)
            if response is None:
                return
            if isinstance(copy, DocumentCopy):
                body, whole = self._taken(copy)
                message = shown(flow, response, self._now(), list)
                if whole and ends_early(_range(response)):
                    self._submit(flow, message, body, False, copy.done, Unread.DOCUMENT_BROKEN)
                else:
                    self._submit(flow, message, body, whole, copy.done)
            elif (held := response.raw_content) and _is_held_document(response, held):
                self._submit(flow, shown(flow, response, self._now(), list), held, True, _nothing)

    def error(self, flow: HTTPFlow) -> None:
        """The connection broke: what had come by then has reached whom it was for, and is read."""
        with self._watchdog.guard("documents", flow.id):
            sent, fetched = flow.metadata.pop(SENT, None), flow.metadata.pop(FETCHED, None)
            if isinstance(sent, DocumentCopy):
                self._broken_off(flow, written(flow, self._now(), list), sent)
            if isinstance(fetched, DocumentCopy) and flow.response:
                self._broken_off(flow, shown(flow, flow.response, self._now(), list), fetched)

    def _goes_on(self, flow: HTTPFlow) -> bool:
        return self._ranges.wants(_upload(flow), _range(flow.request))

    def _listen(self, carrier: HTTPMessage, *, sure: bool = False) -> DocumentCopy | None:
        """Only to what passes: what others hold back is there when it has come."""
        way = carrier.stream
        if way is not True and type(way) is not FirstPart:
            return None
        kind = media_type(carrier.headers)
        parted = kind in MAIL or kind.startswith("multipart/")
        certain = sure or parted or says_document(kind) or coding(carrier.headers) != ""
        read = way.limit if isinstance(way, FirstPart) else 0
        carrier.stream = copy = DocumentCopy(self._allowance, self._limits.one, read=read, sure=certain)
        return copy

    def _broken_off(self, flow: HTTPFlow, web: WebMessage, copy: DocumentCopy) -> None:
        body, _ = self._taken(copy)
        self._submit(flow, web, body, False, copy.done, Unread.DOCUMENT_BROKEN)

    def _count_lost(self) -> None:
        while self._ranges.lost:
            self._ranges.lost -= 1
            self._watchdog.unread(Unread.DOCUMENT_BROKEN)

    def _taken(self, copy: DocumentCopy) -> tuple[bytes, bool]:
        if copy.crowded:
            self._watchdog.unread(Unread.OVERLOAD)
            return b"", False
        return copy.hand_over()

    def _sent(self, flow: HTTPFlow, body: bytes, whole: bool, done: Job) -> None:
        joined: tuple[bytes, bool] | None = (body, whole)
        if body and (ranged := _range(flow.request)):
            joined = self._ranges.add(_upload(flow), ranged, body, self._now().timestamp())
            self._count_lost()
        if joined is None:
            done()
        else:
            self._submit(flow, written(flow, self._now(), list), *joined, done)

    def _submit(
        self, flow: HTTPFlow, web: WebMessage, body: bytes, whole: bool, done: Job, missing: Unread = _LARGE
    ) -> None:
        if body and not flow.metadata.get(UNREAD):
            self._reading.submit(replace(web, body=body, whole=whole), flow.id, done, missing=missing)
        else:
            done()


def _upload(flow: HTTPFlow) -> str:
    """What the ranges of one upload have in common."""
    return f"{address_of(flow)} {url_of(flow.request)}"


def _range(carrier: HTTPMessage) -> str:
    return header(carrier.headers, b"content-range")


def _may_be_sent(request: HTTPMessage) -> bool:
    kind = media_type(request.headers)
    return may_be_document(kind) or kind in MAIL or kind.startswith("multipart/")


def _may_be_fetched(response: HTTPMessage) -> bool:
    kind = media_type(response.headers)
    attached = header(response.headers, b"content-disposition").lower().startswith("attachment")
    return may_be_document(kind) or kind in MAIL or (attached and not reads(kind) and not kind.startswith(_NO_DOCUMENT))


def _carries(request: HTTPMessage, held: bytes) -> bool:
    """Of a body that was held back for its words: whether there is a document in it too."""
    kind = media_type(request.headers)
    if kind.startswith("multipart/"):
        return b"filename" in held
    return _holds_more(kind, held) or begins_like_a_document(held[:LOOK_AT])


def _is_held_document(response: HTTPMessage, held: bytes) -> bool:
    """Without a type, as bytes that are few, or in a mail or JSON it was held back as if it were text."""
    kind = media_type(response.headers)
    return _holds_more(kind, held) or (may_be_document(kind) and begins_like_a_document(held[:LOOK_AT]))


def _holds_more(kind: str, held: bytes) -> bool:
    return (kind in MAIL and b"name" in held) or (is_json(kind) and holds_wrapped(held))


def _nothing() -> None:
    pass
