"""Play a flow that was recorded whole to the gateway's addons, in the steps in which the live gateway sees it."""

from collections.abc import Awaitable, Callable
from functools import partial

from mitmproxy.flow import Error
from mitmproxy.http import HTTPFlow, Message, Response
from mitmproxy.proxy.layers.http._hooks import (
    HttpErrorHook,
    HttpRequestHeadersHook,
    HttpRequestHook,
    HttpResponseHeadersHook,
    HttpResponseHook,
)
from mitmproxy.proxy.layers.websocket import WebsocketEndHook, WebsocketMessageHook, WebsocketStartHook
from mitmproxy.websocket import WebSocketData, WebSocketMessage

from proxy_addons.replay.ends import Hooks
from proxy_addons.replay.http_stream import Follow

Step = tuple[float, Callable[[], Awaitable[None]]]
"""When it was, and what happened."""


class FlowPlayer:
    def __init__(self, hooks: Hooks, follow: Follow, held: int) -> None:
        """Bodies of more than ``held`` bytes pass in a stream, as in the gateway."""
        self._hooks, self._follow, self._held = hooks, follow, held

    def steps(self, flow: HTTPFlow) -> list[Step]:
        """In order of time. The flow is taken apart: nothing is on it before it was said."""
        request, response, error, websocket = flow.request, flow.response, flow.error, flow.websocket
        flow.response = flow.error = flow.websocket = None
        steps: list[Step] = [(request.timestamp_start, partial(self._ask, flow, _taken(request)))]
        steps.append((request.timestamp_end or 0, partial(self._hooks.handle_lifecycle, HttpRequestHook(flow))))
        if response:
            body = _taken(response)
            steps.append((response.timestamp_start or 0, partial(self._answer, flow, response, body)))
            if websocket or not error:
                steps.append((response.timestamp_end or 0, partial(self._answered, flow, websocket)))
        if websocket:
            for message in websocket.messages:
                steps.append((message.timestamp, partial(self._say, flow, message)))
            steps.append((websocket.timestamp_end or 0, partial(self._hooks.handle_lifecycle, WebsocketEndHook(flow))))
        elif error:
            steps.append((error.timestamp, partial(self._break_off, flow, error)))
        return _in_order(steps)

    async def _ask(self, flow: HTTPFlow, body: bytes) -> None:
        await self._hooks.handle_lifecycle(HttpRequestHeadersHook(flow))
        self._pass(flow, flow.request, body, from_client=True)

    async def _answer(self, flow: HTTPFlow, response: Response, body: bytes) -> None:
        flow.response = response
        await self._hooks.handle_lifecycle(HttpResponseHeadersHook(flow))
        self._pass(flow, response, body, from_client=False)

    async def _answered(self, flow: HTTPFlow, websocket: WebSocketData | None) -> None:
        flow.websocket = WebSocketData() if websocket else None
        await self._hooks.handle_lifecycle(HttpResponseHook(flow))
        if websocket:
            await self._hooks.handle_lifecycle(WebsocketStartHook(flow))

    async def _say(self, flow: HTTPFlow, message: WebSocketMessage) -> None:
        if flow.websocket:
            message.content = _as_bytes(message.content)
            flow.websocket.messages.append(message)
            await self._hooks.handle_lifecycle(WebsocketMessageHook(flow))

    async def _break_off(self, flow: HTTPFlow, error: Error) -> None:
        flow.error = error
        await self._hooks.handle_lifecycle(HttpErrorHook(flow))

    def _pass(self, flow: HTTPFlow, message: Message, body: bytes, *, from_client: bool) -> None:
        self._follow(flow, body, from_client=from_client)
        if len(body) > self._held:
            message.stream = message.stream or True
        if not message.stream or not body:
            message.raw_content = body
        elif callable(message.stream):
            message.stream(body)
            message.stream(b"")


def _taken(message: Message) -> bytes:
    body, message.raw_content, message.stream = message.raw_content or b"", None, False
    return body


def _as_bytes(said: bytes | str) -> bytes:
    """In dumps of mitmproxy's versions before 7, text of a chat is a string."""
    return said.encode("utf-8", "replace") if isinstance(said, str) else said


def _in_order(steps: list[Step]) -> list[Step]:
    """What has no time, or an earlier one than what it follows, was at the time of that."""
    at, placed = 0.0, list[Step]()
    for when, step in steps:
        at = max(at, when)
        placed.append((at, step))
    return placed
