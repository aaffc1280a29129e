"""WebSocket messages that are longer than is held back: from there on they are passed on as they come.

mitmproxy keeps every message until its end, and unpacks what has come of it in one go: a small one that is packed well
costs hundreds of megabytes. What came before is handed to the addons as if it were all of it, and is longer than they
read.
"""

from dataclasses import replace
from typing import Any

from mitmproxy.proxy import events
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers import websocket
from mitmproxy.proxy.layers.websocket import WebsocketConnection, WebsocketLayer, WebsocketMessageHook
from mitmproxy.utils import human
from mitmproxy.websocket import WebSocketMessage
from wsproto.events import Message, TextMessage
from wsproto.frame_protocol import Opcode

STEP = 4096
"""Bytes that are unpacked at a time: at most a thousand times as many come of them."""


class Measured(WebsocketConnection):
    """One side of a connection, and how much there is of the message it is saying."""

    so_far = 0
    passes = False
    """The rest of it is passed on as it comes."""


def install() -> None:
    if WebsocketLayer.relay_messages is not _relay:
        websocket.WebsocketConnection = Measured  # type: ignore[misc]
        WebsocketLayer.relay_messages = _relay  # type: ignore[method-assign]


_as_ever = WebsocketLayer.relay_messages


def _relay(self: WebsocketLayer, event: events.Event) -> CommandGenerator[None]:
    source, target = self.client_ws, self.server_ws
    if isinstance(event, events.DataReceived) and event.connection is not self.context.client:
        source, target = target, source
    if not isinstance(event, events.DataReceived) or not event.data or not isinstance(source, Measured):
        yield from _as_ever(self, event)
    elif len(event.data) <= STEP and not source.so_far:
        yield from _as_ever(self, event)
        source.so_far = sum(map(len, source.frame_buf))
    else:
        for start in range(0, len(event.data), STEP):
            yield from _part(self, source, target, event.data[start : start + STEP])


def _part(layer: WebsocketLayer, source: Measured, target: WebsocketConnection, data: bytes) -> CommandGenerator[None]:
    if layer._handle_event == layer.done:
        return
    source.receive_data(data)
    for said in list(source.events()):
        if isinstance(said, Message) and (source.passes or source.so_far + len(said.data) > _most(layer)):
            yield from _pass(layer, source, target, said)
        else:
            if isinstance(said, Message):
                source.so_far = 0 if said.message_finished else source.so_far + len(said.data)
            source._events.append(said)
            yield from _as_ever(layer, events.DataReceived(source.conn, b""))


def _pass(
    layer: WebsocketLayer, source: Measured, target: WebsocketConnection, said: Message[Any]
) -> CommandGenerator[None]:
    if not source.passes:
        source.passes = True
        held = b"".join(source.frame_buf)
        source.frame_buf = [b""]
        yield from _tell(layer, source, held, said)
        if held:
            before = held.decode() if isinstance(said, TextMessage) else held
            yield target.send2(replace(said, data=before, message_finished=False))
    yield target.send2(said)
    if said.message_finished:
        source.passes, source.so_far = False, 0


def _tell(layer: WebsocketLayer, source: Measured, held: bytes, said: Message[Any]) -> CommandGenerator[None]:
    """What there is of it by now."""
    is_text = isinstance(said, TextMessage)
    data = said.data.encode() if isinstance(said, TextMessage) else bytes(said.data)
    content = held + data[: _most(layer) + 1 - len(held)]
    message = WebSocketMessage(Opcode.TEXT if is_text else Opcode.BINARY, source.conn is layer.context.client, content)
    if layer.flow.websocket:
        layer.flow.websocket.messages.append(message)
        yield WebsocketMessageHook(layer.flow)


def _most(layer: Layer) -> int:
    """Bytes of one message; those of a text are counted by its letters."""
    return human.parse_size(layer.context.options.stream_large_bodies) or 1 << 62
