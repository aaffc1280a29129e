"""Both directions of a recorded HTTP/2 connection, told as the requests and answers that mitmproxy's streams take."""

from collections.abc import Iterable
from dataclasses import dataclass

from mitmproxy.connection import Connection
from mitmproxy.http import Headers
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import DropStream
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    RequestProtocolError,
    RequestTrailers,
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
    ResponseProtocolError,
    ResponseTrailers,
)

from proxy_addons.replay import http2_messages
from proxy_addons.replay.exchange import Exchange
from proxy_addons.replay.http2_messages import MalformedError
from proxy_addons.replay.http2_reader import PREFACE, Http2Reader, Kind, Part
from proxy_addons.replay.http_recording import MOST_UNANSWERED, BytesLost, HttpRecording

BROKEN_OFF = "it broke off"
LEFT = ("bytes of HTTP/2", "after its end, a hole, or what is no HTTP/2")
CLOSED = ("bytes of HTTP/2", "on streams that were closed, or never opened")


@dataclass(slots=True, eq=False)
class _Exchange(Exchange):
    ended: bool = False
    """The request has."""
    answered: bool = False
    """The head of the answer has come."""
    over: bool = False
    """The answer has ended."""


class Http2Recording(HttpRecording[_Exchange]):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._client, self._server = Http2Reader(PREFACE), Http2Reader()
        self._closed: list[Http2Reader] = []
        self._exchanges: dict[int, _Exchange] = {}
        """By the number of their stream, while open."""
        self._last = 0
        """The highest number of a stream that the client has begun."""

    def sent(self, event: HttpEvent) -> None:
        """From a request's head on, answers may be told."""
        if isinstance(event, RequestHeaders) and (exchange := self._exchanges.get(event.stream_id)):
            exchange.asked = True

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, events.DataReceived):
            reader = self._reader(event.connection)
            if reader.is_over:
                self.unread[LEFT] += len(event.data)
            elif event.connection is self.context.client:
                yield from self._of_client(reader.feed(event.data))
            else:
                yield from self._of_server(reader.feed(event.data))
            if reader.is_over:
                yield from self._close(event.connection)
        elif isinstance(event, events.ConnectionClosed):
            yield from self._close(event.connection)
        elif isinstance(event, BytesLost):
            for connection in (self.context.server, self.context.client):
                yield from self._close(connection)

    def _reader(self, connection: Connection) -> Http2Reader:
        return self._client if connection is self.context.client else self._server

    def _of_client(self, parts: Iterable[Part]) -> CommandGenerator[None]:
        for part in parts:
            exchange = self._exchanges.get(part.stream)
            if part.kind is Kind.HEADERS and part.stream > self._last:
                self._last = part.stream
                exchange = yield from self._begin(part)
            elif not exchange or (exchange.ended and part.kind is not Kind.RESET):
                self.unread[CLOSED] += len(part.data)
                continue
            elif part.kind is Kind.RESET:
                yield from self._break_off(exchange)
                self._exchanges.pop(exchange.id, None)
            elif part.kind is Kind.BODY and part.data:
                yield ReceiveHttp(RequestData(exchange.id, part.data))
            elif part.kind is Kind.HEADERS and part.ends:
                yield ReceiveHttp(RequestTrailers(exchange.id, Headers(part.names)))
            if exchange and part.ends:
                yield from self._end_request(exchange)

    def _begin(self, part: Part) -> CommandGenerator[_Exchange | None]:
        try:
            asked = http2_messages.request(part.names)
        except MalformedError as e:
            self.unread["requests", f"of HTTP/2, {e}"] += 1
            return None
        exchange = self._exchanges[part.stream] = _Exchange(part.stream)
        yield ReceiveHttp(RequestHeaders(exchange.id, asked, part.ends))
        if len(self._exchanges) > MOST_UNANSWERED:
            yield DropStream(self._exchanges.pop(next(iter(self._exchanges))).id)
        return exchange

    def _end_request(self, exchange: _Exchange) -> CommandGenerator[None]:
        if not exchange.ended:
            exchange.ended = exchange.asked = True
            yield ReceiveHttp(RequestEndOfMessage(exchange.id))
            yield from self._told_late(exchange)

    def _break_off(self, exchange: _Exchange) -> CommandGenerator[None]:
        """The client says no more, and hears no more."""
        exchange.ended = exchange.asked = True
        yield ReceiveHttp(RequestProtocolError(exchange.id, BROKEN_OFF, RequestProtocolError.code))
        yield from self._told_late(exchange)

    def _told_late(self, exchange: _Exchange) -> CommandGenerator[None]:
        for event in exchange.release():
            yield ReceiveHttp(event)
        if exchange.over:
            self._exchanges.pop(exchange.id, None)

    def _of_server(self, parts: Iterable[Part]) -> CommandGenerator[None]:
        for part in parts:
            exchange = self._exchanges.get(part.stream)
            if part.kind is Kind.PROMISE:
                yield from self._promise(part)
            elif not exchange or exchange.over:
                self.unread[CLOSED] += len(part.data)
            else:
                yield from self._of_answer(exchange, part)

    def _of_answer(self, exchange: _Exchange, part: Part) -> CommandGenerator[None]:
        if part.kind is Kind.HEADERS and not exchange.answered:
            yield from self._answer(exchange, part)
        elif part.kind is Kind.RESET or not exchange.answered:
            yield from self._fail(exchange)
        elif part.kind is Kind.BODY and part.data:
            yield from self._send(exchange, ResponseData(exchange.id, part.data))
        elif part.kind is Kind.HEADERS and part.ends:
            yield from self._send(exchange, ResponseTrailers(exchange.id, Headers(part.names)))
        if part.ends and not exchange.over:
            yield from self._finish(exchange, ResponseEndOfMessage(exchange.id))

    def _promise(self, part: Part) -> CommandGenerator[None]:
        """The request it stands for, as if the client had sent it; what is none is left out with its answer."""
        if part.stream % 2 == 0 and part.stream not in self._exchanges:
            exchange = yield from self._begin(part._replace(ends=True))
            if exchange:
                yield from self._end_request(exchange)

    def _answer(self, exchange: _Exchange, part: Part) -> CommandGenerator[None]:
        try:
            answered = http2_messages.response(part.names)
        except MalformedError as e:
            self.unread["answers", f"of HTTP/2, {e}"] += 1
            yield from self._fail(exchange)
            return
        if not 100 <= answered.status_code < 200:
            exchange.answered = True
            yield from self._send(exchange, ResponseHeaders(exchange.id, answered, part.ends))
        elif part.ends:
            yield from self._fail(exchange)

    def _fail(self, exchange: _Exchange) -> CommandGenerator[None]:
        """No more comes of an answer."""
        yield from self._finish(exchange, ResponseProtocolError(exchange.id, BROKEN_OFF, ResponseProtocolError.code))

    def _finish(self, exchange: _Exchange, end: HttpEvent) -> CommandGenerator[None]:
        exchange.over = True
        yield from self._send(exchange, end)
        if exchange.ended:
            self._exchanges.pop(exchange.id, None)

    def _close(self, connection: Connection) -> CommandGenerator[None]:
        """No more of a side is read; what it had begun to say came as far as it came."""
        reader, is_last = self._reader(connection), bool(self._closed)
        if reader in self._closed:
            return
        reader.is_over = True
        self._closed.append(reader)
        for exchange in list(self._exchanges.values()):
            if reader is self._server and not exchange.over:
                yield from self._fail(exchange)
            elif reader is self._client and (is_last or not exchange.ended):
                yield from self._break_off(exchange)
