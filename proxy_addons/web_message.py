"""One request or response, taken off its flow so that another thread can read it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mitmproxy.http import Headers, HTTPFlow, Response
from mitmproxy.http import Message as HTTPMessage

from detection.evidence import Exchange, bundle
from detection.extract import reads
from detection.extract.base import Message
from detection.extract.header_action import action_header, action_of
from detection.extract.header_body import LONGEST, MEDIA_TYPE, body_header, body_of
from detection.extract.media_types import BYTES
from detection.observation import Direction, Evidence
from proxy_addons.decoding import CodingError, Decoded, decode, unnamed
from proxy_addons.exchanges import exchange, request_exchange
from proxy_addons.fetch_metadata import MARKUP, direction, how_asked, is_navigation, is_page, is_third_party
from proxy_addons.first_part import FirstPart
from proxy_addons.identify import subject_of
from proxy_addons.message_headers import charset, coding, header, length, media_type
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.request_address import host_of
from proxy_addons.watchdog import Unread, Watchdog

Page = Callable[[], list[Exchange]]
"""The page a flow brought and what it has been drawn with so far; empty if it brought none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebMessage:
    message: Message
    """Its body still to come."""
    exchange: Exchange
    """Its body still to come."""
    around: Circumstances
    """Its evidence still to come."""
    body: bytes
    """As it came, in its content coding."""
    coding: str
    whole: bool
    page: Page
    window: bool
    """Whether the person's window shows the answer as a page, or this is that page."""

    def read(self, reader: Reader, watchdog: Watchdog, most: int) -> None:
        """Unpack at most ``most`` bytes and read them. Belongs on the inspection thread: either may take long."""
        plain = self._unpacked(watchdog, most)
        message = replace(self.message, body=plain.body)
        evidence, later = self._evidence(plain)
        reader.read(message, replace(self.around, evidence=evidence, later=later, whole=not plain.truncated))

    def _unpacked(self, watchdog: Watchdog, most: int) -> Decoded:
        try:
            plain = decode(self.body, self.coding or self._unnamed(), most)
        except CodingError:
            watchdog.unread(Unread.CODING)
            return Decoded(b"", truncated=True)
        if not self.whole or (plain.truncated and len(plain.body) >= most):
            watchdog.unread(Unread.LARGE)
        elif plain.truncated or plain.mislabelled:
            watchdog.unread(Unread.CODING)
        return replace(plain, truncated=plain.truncated or not self.whole)

    def _unnamed(self) -> str:
        """Bytes that say nothing of themselves are for their own reader."""
        return "" if self.message.media_type in BYTES else unnamed(self.body)

    def _evidence(self, plain: Decoded) -> tuple[Callable[[], Evidence | None], Callable[[], Evidence | None] | None]:
        """What is known now, and what will be once the page has loaded."""
        if self.message.direction is Direction.SHOWN:
            alone = replace(self.exchange, body=plain.body, truncated=plain.truncated)
            return lambda: bundle(self.page() or [alone]), (lambda: _all(self.page())) if self.window else None
        sent = replace(self.exchange, request_body=plain.body, truncated=plain.truncated)
        return lambda: bundle([sent]), (lambda: _answered(sent, self.page())) if self.window else None


def written(flow: HTTPFlow, now: datetime, page: Page) -> WebMessage:
    """What the person, or a page in their name, sends."""
    headers = flow.request.headers
    asked = request_exchange(flow)
    body, whole = _body(flow.request)
    sent = WebMessage(
        message=Message(
            url=asked.url,
            method=asked.method,
            media_type=asked.request_type,
            charset=charset(headers),
            direction=direction(flow.request),
            action=_action(asked.url, headers),
        ),
        exchange=asked,
        around=replace(_around(flow, now, page=True), asked=how_asked(headers)),
        body=body,
        coding=coding(headers),
        whole=whole,
        page=page,
        window=is_navigation(headers),
    )
    return sent if body else _from_header(sent, headers)


def shown(flow: HTTPFlow, response: Response, now: datetime, page: Page) -> WebMessage:
    """What comes back and is put before the person."""
    headers = response.headers
    answered = exchange(flow, b"")
    body, whole = _body(response)
    asked = flow.request.headers
    markup = answered.media_type in MARKUP
    return WebMessage(
        message=Message(
            url=answered.url,
            method=answered.method,
            media_type=answered.media_type,
            charset=charset(headers),
            direction=Direction.SHOWN,
            action=_action(answered.url, asked),
        ),
        exchange=answered,
        around=_around(flow, now, page=is_page(asked) if markup else not is_third_party(asked)),
        body=body,
        coding=coding(headers),
        whole=whole,
        page=page,
        window=markup and is_page(asked),
    )


def _from_header(sent: WebMessage, headers: Headers) -> WebMessage:
    """With the body that came in a header, where its service's page writes one there."""
    name = body_header(sent.message.url)
    value = header(headers, name.encode()) if name else ""
    if not value:
        return sent
    return replace(
        sent,
        message=replace(sent.message, media_type=MEDIA_TYPE, charset="utf-8"),
        exchange=replace(sent.exchange, request_type=MEDIA_TYPE),
        body=body_of(value),
        coding="",
        whole=sent.whole and len(value) <= LONGEST,
    )


def _action(url: str, asked: Headers) -> str:
    name = action_header(url)
    return action_of(header(asked, name.encode())) if name else ""


def _around(flow: HTTPFlow, now: datetime, *, page: bool) -> Circumstances:
    return Circumstances(
        subject=subject_of(flow), seen_at=now, host=host_of(flow.request), evidence=lambda: None, page=page
    )


def _body(carrier: HTTPMessage) -> tuple[bytes, bool]:
    """The bytes there are, and whether they are all that is to be read."""
    if isinstance(carrier.stream, FirstPart):
        return carrier.stream.body, carrier.stream.whole
    if carrier.raw_content is None:
        # Passed on unseen: a picture on its way up, or what nobody listened to.
        return b"", not reads(media_type(carrier.headers), length(carrier.headers))
    return carrier.raw_content, True


def _all(page: list[Exchange]) -> Evidence | None:
    return bundle(page) if page else None


def _answered(sent: Exchange, page: list[Exchange]) -> Evidence | None:
    """The page that came in answer, with what was sent for it."""
    return _all([replace(first, request_body=sent.request_body) for first in page[:1]] + page[1:])
