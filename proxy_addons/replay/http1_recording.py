"""Both directions of a recorded HTTP/1 connection, told as the requests and answers that mitmproxy's streams take."""

from collections.abc import Callable, Iterable

from mitmproxy.connection import Connection
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import DropStream
from mitmproxy.proxy.layers.http._base import ReceiveHttp
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
)

from proxy_addons.replay import http1_head
from proxy_addons.replay.http1_beginning import Beginning, beginning
from proxy_addons.replay.http1_grammar import REQUESTS, RESPONSES
from proxy_addons.replay.http1_pairing import Http1Exchange, Pairing, Told
from proxy_addons.replay.http1_parts import Framing, Kind, Part
from proxy_addons.replay.http1_reader import Http1Reader
from proxy_addons.replay.http1_stand_ins import StandIns
from proxy_addons.replay.http_recording import BytesLost, HttpRecording

HTTP2 = "h2c"
"""As an answer names it that goes on in HTTP/2."""
STRAY = ("bytes of HTTP", "belong to no message; they were read by themselves")
UNASKED = ("requests", "missing from the capture; their answers were read")


class Http1Recording(HttpRecording[Http1Exchange]):
    """``connect`` is told the target of each CONNECT, and gives what takes the proxy's answer to it."""

    def __init__(self, context: Context, connect: Callable[[str], Told]) -> None:
        super().__init__(context)
        self._connect = connect
        self._client, self._server = Http1Reader(REQUESTS), Http1Reader(RESPONSES)
        self._pairing = Pairing()
        self._asking: Http1Exchange | None = None
        self._answering: Http1Exchange | None = None
        self._stand_ins = StandIns(context, self._pairing)

    def leftover(self, connection: Connection) -> bytes:
        return self._reader(connection).take()

    @property
    def skipped(self) -> int:
        return self._client.skipped + self._server.skipped

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, BytesLost):
            yield from self._told(event.connection, self._reader(event.connection).lost(event.size))
        elif isinstance(event, events.ConnectionClosed):
            yield from self._told(event.connection, self._reader(event.connection).end())
        elif isinstance(event, events.DataReceived):
            if event.connection is self.context.server:
                yield from self._before_answer(event.data)
            yield from self._told(event.connection, self._reader(event.connection).feed(event.data))

    def _reader(self, connection: Connection) -> Http1Reader:
        return self._client if connection is self.context.client else self._server

    def _told(self, connection: Connection, parts: Iterable[Part]) -> CommandGenerator[None]:
        is_client = connection is self.context.client
        for part in parts:
            if part.kind is not Kind.STRAY:
                yield from self._of_client(part) if is_client else self._of_server(part)
            beside = http1_head.behind_headers(part.data) if part.kind is Kind.HEAD else b""
            if stray := part.data if part.kind is Kind.STRAY else beside:
                stands = self._stand_ins.stray_of_client if is_client else self._stand_ins.stray_of_server
                yield from stands(stray)
                self.unread[STRAY] += len(stray)

    def _of_client(self, part: Part) -> CommandGenerator[None]:
        if part.kind is Kind.HEAD:
            yield from self._begin_request(part)
            return
        exchange = self._asking
        if exchange is None or (exchange.asked and not self._raw(exchange)):
            return
        if part.kind is Kind.BODY:
            yield ReceiveHttp(RequestData(exchange.id, part.data))
        else:
            self._note("requests", part)
            yield from self._end_request(exchange)

    def _begin_request(self, part: Part) -> CommandGenerator[None]:
        asked = http1_head.request(part.data)
        answering, is_lost = self._answering is not None, self._server.is_lost
        exchange = self._pairing.ask(asked.method, while_answering=answering, is_lost=is_lost)
        self._client.framing = http1_head.request_framing(asked) if part.whole else 0
        exchange.request = self._stand_ins.asked = asked
        self._asking = exchange
        if asked.method.upper() == "CONNECT":
            exchange.target, exchange.asked = asked.path.partition(" ")[0], True
            exchange.told = self._connect(exchange.target)
        else:
            yield ReceiveHttp(RequestHeaders(exchange.id, asked, end_stream=self._client.framing == 0))
        if forgotten := self._pairing.forgotten():
            yield DropStream(forgotten.id)

    def _end_request(self, exchange: Http1Exchange) -> CommandGenerator[None]:
        if exchange.asked and not self._raw(exchange):
            return
        exchange.asked = True
        yield ReceiveHttp(RequestEndOfMessage(exchange.id))
        for event in exchange.release():
            yield ReceiveHttp(event)

    def _before_answer(self, data: bytes) -> CommandGenerator[None]:
        """An HTTP/0.9 request may be told from a head that is not whole by its being answered."""
        if self._server.is_between and not self._pairing.first:
            line = self._client.line()
            if line and http1_head.request(line).http_version == http1_head.OLDEST:
                yield from self._told(self.context.client, self._client.finish_head(whole=True))
        begun = beginning(data, self._server, self._pairing, self._answering)
        if begun is Beginning.HEADLESS:
            exchange = self._answering = yield from self._oldest()
            exchange.headless = True
            yield from self._send(exchange, ResponseHeaders(exchange.id, http1_head.oldest_response(), False))
            yield from self._told(self.context.server, self._server.go_on(Framing.UNTIL_END))
        elif begun is Beginning.NEXT:
            yield from self._told(self.context.server, self._server.end())
            yield from self._told(self.context.server, self._server.go_on(0))

    def _of_server(self, part: Part) -> CommandGenerator[None]:
        if part.kind is Kind.HEAD:
            yield from self._begin_answer(part)
            return
        exchange = self._answering
        if exchange is None:
            return
        if part.kind is Kind.BODY:
            yield from self._send(exchange, ResponseData(exchange.id, part.data))
            return
        self._answering = None
        if not exchange.asked and exchange is self._asking and self._client.is_unchunked:
            yield from self._told(self.context.client, self._client.go_on(0))
            yield from self._end_request(exchange)
        self._note("answers", part)
        yield from self._send(exchange, ResponseEndOfMessage(exchange.id))
        if exchange.target:
            yield from self._told(self.context.client, self._client.go_on(0))

    def _begin_answer(self, part: Part) -> CommandGenerator[None]:
        answered = http1_head.response(part.data)
        if answered is None:
            return
        self._stand_ins.answered = answered
        if 100 <= answered.status_code < 200 and not (answered.status_code == 101 and "upgrade" in answered.headers):
            return
        exchange = yield from self._exchange_answered()
        self._server.framing = http1_head.response_framing(exchange.method, answered) if part.whole else 0
        self._answering = exchange
        if exchange.target:
            exchange.told(answered.status_code)
            if answered.status_code < 300:
                self._server.framing, self.leads_to = Framing.HELD, exchange.target
                return
            self._answering = exchange = yield from self._stand_ins.refused(exchange.target)
        body = self._server.framing != 0
        yield from self._send(exchange, ResponseHeaders(exchange.id, answered, end_stream=not body))
        if answered.status_code == 101 and exchange.request and answered.headers.get("upgrade", "").lower() == HTTP2:
            yield from self._send(exchange, ResponseEndOfMessage(exchange.id))
            self._server.framing, self.upgraded = Framing.HELD, exchange.request
        elif answered.status_code == 101:
            yield from self._switch(exchange)

    def _exchange_answered(self) -> CommandGenerator[Http1Exchange]:
        """The oldest unanswered one, unless its answer was lost."""
        for missed in self._pairing.missed(behind_hole=self._server.resynchronised):
            yield DropStream(missed.id)
            self.unread["answers", "missing from the capture"] += 1
        return (yield from self._oldest())

    def _oldest(self) -> CommandGenerator[Http1Exchange]:
        """The one that is answered now; one that stands in for it where its request is missing."""
        if exchange := self._pairing.answer():
            return exchange
        self.unread[UNASKED] += 1
        return (yield from self._stand_ins.unknown_request())

    def _switch(self, exchange: Http1Exchange) -> CommandGenerator[None]:
        """What follows is no HTTP/1: a WebSocket, or something else."""
        yield from self._send(exchange, ResponseEndOfMessage(exchange.id))
        self._server.framing = Framing.RAW
        self._asking = exchange
        yield from self._told(self.context.client, self._client.go_on(Framing.RAW))

    def _raw(self, exchange: Http1Exchange) -> bool:
        return self._client.framing is Framing.RAW and exchange is self._asking

    def _note(self, what: str, part: Part) -> None:
        if not part.whole:
            self.unread[what, "parts of them are missing"] += 1
