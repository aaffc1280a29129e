"""Leave out the trailers of an HTTP/1.1 body. mitmproxy 11 raises at them, and the connection hangs.

RFC 9110, section 6.5.1: whoever passes a message on may discard its trailers.
"""

from h11 import Data, EndOfMessage
from h11._readers import ChunkedReader
from h11._receivebuffer import ReceiveBuffer
from mitmproxy.proxy.layers.http import _http1


class WithoutTrailers(ChunkedReader):
    def __call__(self, buf: ReceiveBuffer) -> Data | EndOfMessage | None:
        event = super().__call__(buf)
        return EndOfMessage() if isinstance(event, EndOfMessage) else event


def install() -> None:
    _http1.ChunkedReader = WithoutTrailers  # type: ignore[attr-defined]
