"""HTTP/2 that begins by an upgrade from HTTP/1: what asked for it is stream 1, and has no frame of its own."""

from collections import Counter
from collections.abc import Callable

from hpack import Encoder, NeverIndexedHeaderTuple
from hyperframe.frame import HeadersFrame, SettingsFrame
from mitmproxy.http import Request
from mitmproxy.proxy.layers.http._http2 import normalize_h1_headers

from proxy_addons.replay.http_conversation import HttpConversation
from proxy_addons.replay.protocols import HTTP2_PREFACE
from proxy_addons.replay.stream import Side

PREFACE = HTTP2_PREFACE + b"\r\nSM\r\n\r\n"
_SAID_OTHERWISE = {b"host", b"http2-settings"}
"""The one is a pseudo-header in HTTP/2, the other a frame."""


class UpgradableHttp:
    """A conversation in HTTP/1, that may go on in HTTP/2."""

    def __init__(self, first: HttpConversation, http2: Callable[[], HttpConversation]) -> None:
        self._now, self._http2 = first, http2
        self._unread: Counter[tuple[str, str]] = Counter()
        self._preface = 0
        """Bytes that are still to come of the client's own, which is told before them."""

    @property
    def leads_to(self) -> str:
        """The target of a tunnel, once HTTP has ended in one."""
        return self._now.leads_to

    def leftover(self, side: Side) -> bytes:
        """What a side had said already in the tunnel."""
        return self._now.leftover(side)

    async def start(self) -> None:
        await self._now.start()

    async def data(self, side: Side, data: bytes, at: float) -> None:
        if side is Side.CLIENT and self._preface:
            data, self._preface = data[self._preface :], max(0, self._preface - len(data))
        if data:
            await self._now.data(side, data, at)
        if asked := self._now.upgraded:
            await self._upgrade(asked, at)

    async def lost(self, side: Side, size: int, at: float) -> None:
        await self._now.lost(side, size, at)

    async def end(self, side: Side, at: float) -> None:
        await self._now.end(side, at)

    def unread(self) -> Counter[tuple[str, str]]:
        """What could not be read, by (what, reason); to be asked once, at the end."""
        return self._unread + self._now.unread()

    async def _upgrade(self, asked: Request, at: float) -> None:
        """The answer may come before the client's first frames, so that what it answers is told at once."""
        rest = {side: self._now.leftover(side) for side in Side}
        self._unread += self._now.unread()
        self._now, self._preface = self._http2(), len(PREFACE)
        await self._now.start()
        await self._now.data(Side.CLIENT, as_frames(asked), at)
        for side, said in rest.items():
            if said:
                await self.data(side, said, at)


def as_frames(asked: Request) -> bytes:
    """As if the client had asked in HTTP/2; the tables that compress its later headers remember nothing of it."""
    names = [
        (b":method", asked.method.encode()),
        (b":scheme", b"http"),
        (b":path", asked.path.encode()),
        (b":authority", asked.headers.get("host", "").encode()),
        *(
            (name, value)
            for name, value in normalize_h1_headers(list(asked.headers.fields), True)
            if name not in _SAID_OTHERWISE
        ),
    ]
    block = Encoder().encode([NeverIndexedHeaderTuple(name, value) for name, value in names if value])
    headers = HeadersFrame(1, data=block, flags=["END_HEADERS", "END_STREAM"])
    return PREFACE + SettingsFrame().serialize() + headers.serialize()
