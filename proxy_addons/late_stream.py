"""What listens to a body that did not say how long it would be, once it is longer than is held back.

mitmproxy then passes it on of itself and asks nobody. Whoever holds a body back says here what is to listen then.
"""

from collections.abc import Callable

from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import HttpStream

Listener = Callable[[bytes], bytes]
SENT, SHOWN = "gatehouse.late-sent", "gatehouse.late-shown"
"""Flow metadata: what is to listen to the request, and to the answer. It is given all that was held back, too."""


def install() -> None:
    if HttpStream.start_request_stream is not _start_request:
        HttpStream.start_request_stream = _start_request  # type: ignore[method-assign]
        HttpStream.start_response_stream = _start_response  # type: ignore[method-assign]


_request_as_ever, _response_as_ever = HttpStream.start_request_stream, HttpStream.start_response_stream


def _start_request(self: HttpStream) -> CommandGenerator[None]:
    if self.flow.request.stream is True:
        self.flow.request.stream = _late(self.flow, SENT)
    return (yield from _request_as_ever(self))


def _start_response(self: HttpStream) -> CommandGenerator[None]:
    if self.flow.response and self.flow.response.stream is True:
        self.flow.response.stream = _late(self.flow, SHOWN)
    return (yield from _response_as_ever(self))


def _late(flow: HTTPFlow, key: str) -> "Listener | bool":
    listener: Listener | None = flow.metadata.pop(key, None)
    return listener or True
