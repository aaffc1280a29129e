"""Read chat that goes over WebSockets, message by message and before each is passed on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mitmproxy.http import HTTPFlow
from mitmproxy.websocket import WebSocketMessage

from detection.evidence import Exchange, bundle
from detection.extract.base import Message
from detection.observation import Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.exchanges import request_exchange
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Unread, Watchdog


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

    async def _inspect(self, flow: HTTPFlow, message: WebSocketMessage) -> None:
        self._watchdog.count("messages")
        if not message.is_text:
            self._watchdog.unread(Unread.BINARY)
            return
        if len(message.content) > self._most:
            self._watchdog.unread(Unread.LARGE)
        content = message.content[: self._most]
        frame = Message(
            url=flow.request.pretty_url,
            charset="utf-8",
            body=content,
            direction=Direction.WRITTEN if message.from_client else Direction.SHOWN,
            frame=True,
        )
        around = self._around(flow, _exchange(flow, message, content))
        await self._inspection.run(lambda: self._reader.read(frame, around), len(content), flow.id)

    def _around(self, flow: HTTPFlow, one: Exchange) -> Circumstances:
        return Circumstances(
            subject=subject_of(flow),
            seen_at=self._now(),
            host=flow.request.pretty_host,
            evidence=lambda: bundle([one]),
        )


def _exchange(flow: HTTPFlow, message: WebSocketMessage, content: bytes) -> Exchange:
    """A message as HTTP Archive knows exchanges: what went up is a request, what came down a response."""
    whole = len(content) == len(message.content)
    opened = replace(
        request_exchange(flow), started_at=datetime.fromtimestamp(message.timestamp, UTC), truncated=not whole
    )
    if message.from_client:
        return replace(opened, request_type="text/plain", request_body=content)
    return replace(opened, status=101, media_type="text/plain", body=content)
