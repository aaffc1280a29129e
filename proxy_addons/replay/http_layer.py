"""mitmproxy's HTTP layer for a replay: both sides are read from a recording, and nothing is asked of anybody."""

from typing import Any

from mitmproxy.proxy import commands, events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.http import (
    DropStream,
    GetHttpConnection,
    GetHttpConnectionCompleted,
    HttpLayer,
    HTTPMode,
    SendHttp,
)
from mitmproxy.proxy.layers.http._base import ReceiveHttp
from mitmproxy.proxy.layers.http._events import RequestHeaders

from proxy_addons.replay.http_recording import HttpRecording
from proxy_addons.replay.http_stream import Follow, ReplayHttpStream


class ReplayHttpLayer(HttpLayer):
    """``recording`` tells what both sides say."""

    def __init__(self, context: Context, follow: Follow, recording: HttpRecording[Any], *, proxied: bool) -> None:
        """``proxied``: the client knows of a proxy, and asked it for this connection."""
        super().__init__(context, HTTPMode.transparent)
        self._follow, self._recording, self._proxied = follow, recording, proxied

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, events.CommandCompleted):
            yield from self.event_to_child(self.command_sources.pop(event.command), event)
        elif not isinstance(event, events.Start):
            yield from self.event_to_child(self._recording, event)

    def event_to_child(self, child: Layer, event: events.Event) -> CommandGenerator[None]:
        """What a stream would send to one side, that side has; and there is one server, whatever is asked for."""
        for command in child.handle_event(event):
            if isinstance(command, ReceiveHttp):
                number = command.event.stream_id
                if isinstance(command.event, RequestHeaders):
                    yield from self.make_stream(number)
                if stream := self.streams.get(number):  # it may be done with already
                    yield from self.event_to_child(stream, command.event)
            elif isinstance(command, SendHttp):
                self._recording.sent(command.event)
            elif isinstance(command, DropStream):
                self.streams.pop(command.stream_id, None)
            elif isinstance(command, GetHttpConnection):
                found = GetHttpConnectionCompleted(command, (self.context.server, None))
                yield from self.event_to_child(child, found)
            else:
                if command.blocking or isinstance(command, commands.RequestWakeup):
                    self.command_sources[command] = child
                yield command

    def make_stream(self, stream_id: int) -> CommandGenerator[None]:
        stream = ReplayHttpStream(self.context.fork(), stream_id, self._follow, proxied=self._proxied)
        self.streams[stream_id] = stream
        yield from self.event_to_child(stream, events.Start())
