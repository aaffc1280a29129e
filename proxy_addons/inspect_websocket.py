"""Read chat that goes over WebSockets, message by message and before each is passed on; a chatbot's answer that comes
word by word is passed on as it comes and read when it is whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mitmproxy.http import HTTPFlow
from mitmproxy.websocket import WebSocketMessage
from wsproto.frame_protocol import Opcode

from detection.evidence import Exchange, bundle
from detection.extract.base import Message
from detection.extract.services import service_at
from detection.extract.text_runs import text_of
from detection.observation import Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.exchanges import request_exchange
from proxy_addons.frame_coding import FrameCoding
from proxy_addons.frame_pieces import FramePieces
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.request_address import host_of, url_of
from proxy_addons.watchdog import Unread, Watchdog

PIECES = "gatehouse.pieces"
"""Flow metadata: the answer that is coming in."""
CODINGS = "gatehouse.frame-codings"
"""Flow metadata: what unpacks binary messages, by whether they are the client's."""


class InspectWebsocket:
    def __init__(
        self,
        reader: Reader,
        inspection: Inspects,
        watchdog: Watchdog,
        most: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Of a message at most ``most`` bytes are read."""
        self._reader, self._inspection, self._watchdog = reader, inspection, watchdog
        self._most, self._now = most, now

    async def websocket_message(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("websocket_message", flow.id):
            if flow.websocket is None:
                return
            message = flow.websocket.messages[-1]
            # mitmproxy keeps every message of a connection, and a chat stays open all day.
            del flow.websocket.messages[:-1]
            if not flow.metadata.get(UNREAD):
                await self._inspect(flow, message)

    async def websocket_end(self, flow: HTTPFlow) -> None:
        """An answer that came word by word may have broken off."""
        with self._watchdog.guard("websocket_end", flow.id):
            pieces: FramePieces | None = flow.metadata.pop(PIECES, None)
            for content in pieces.finish() if pieces else ():
                await self._read(flow, WebSocketMessage(Opcode.TEXT, False, content), content)

    async def _inspect(self, flow: HTTPFlow, message: WebSocketMessage) -> None:
        self._watchdog.count("messages")
        content = message.content if message.is_text else self._coding(flow, message).plain(message.content)
        truncated = max(len(content), len(message.content)) > self._most
        if truncated:
            self._watchdog.unread(Unread.LARGE)
        content = content[: self._most]
        for whole in [content] if message.from_client else self._together(flow, content):
            await self._read(flow, message, whole, truncated=truncated)

    def _coding(self, flow: HTTPFlow, message: WebSocketMessage) -> FrameCoding:
        """One for each direction, as long as the connection is open."""
        codings: dict[bool, FrameCoding] = flow.metadata.setdefault(CODINGS, {})
        # A byte more than is read tells that there was more.
        return codings.setdefault(message.from_client, FrameCoding(self._most + 1))

    def _together(self, flow: HTTPFlow, content: bytes) -> list[bytes]:
        """What is to be read now: words that come one by one are passed on at once, but read together."""
        pieces: FramePieces | None = flow.metadata.get(PIECES)
        if pieces is None:
            service = service_at(url_of(flow.request))
            if service is None or service.pieces is None:
                return [content]
            pieces = flow.metadata[PIECES] = FramePieces(service.pieces)
        return pieces.take(content)

    async def _read(
        self, flow: HTTPFlow, message: WebSocketMessage, content: bytes, *, truncated: bool = False
    ) -> None:
        frame = Message(
            url=url_of(flow.request),
            charset="utf-8",
            body=content,
            direction=Direction.WRITTEN if message.from_client else Direction.SHOWN,
            frame=True,
        )
        around = self._around(flow, _exchange(flow, message, content, truncated=truncated), whole=not truncated)

        def read() -> None:
            if not self._reader.read(frame, around) and text_of(content) is None:
                self._watchdog.unread(Unread.BINARY)

        await self._inspection.run(read, len(content), flow.id)

    def _around(self, flow: HTTPFlow, one: Exchange, *, whole: bool) -> Circumstances:
        return Circumstances(
            subject=subject_of(flow),
            seen_at=self._now(),
            host=host_of(flow.request),
            evidence=lambda: bundle([one]),
            whole=whole,
        )


def _exchange(flow: HTTPFlow, message: WebSocketMessage, content: bytes, *, truncated: bool) -> Exchange:
    """A message as HTTP Archive knows exchanges: what went up is a request, what came down a response."""
    opened = replace(
        request_exchange(flow), started_at=datetime.fromtimestamp(message.timestamp, UTC), truncated=truncated
    )
    kind = "application/octet-stream" if text_of(content) is None else "text/plain"
    if message.from_client:
        return replace(opened, request_type=kind, request_body=content)
    return replace(opened, status=101, media_type=kind, body=content)
