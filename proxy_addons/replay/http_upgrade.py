"""HTTP/2 that begins by an upgrade from HTTP/1: what asked for it is stream 1, and has no frame of its own."""

from collections import Counter
from collections.abc import Callable

from hpack import Encoder, NeverIndexedHeaderTuple
from mitmproxy.http import Request

from proxy_addons.replay.http_conversation import HttpConversation
from proxy_addons.replay.streams import Side

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_NO_SETTINGS = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
_HEADERS, _ENDS_ALL = 1, 5
"""The type of frame; its flags, that neither headers nor a body follow."""
_OF_THE_CONNECTION = {"connection", "upgrade", "http2-settings", "host", "transfer-encoding", "keep-alive"}


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
            (name.lower(), value)
            for name, value in asked.headers.fields
            if name.lower().decode("latin-1") not in _OF_THE_CONNECTION
        ),
    ]
    block = Encoder().encode([NeverIndexedHeaderTuple(name, value) for name, value in names if value])
    return PREFACE + _NO_SETTINGS + len(block).to_bytes(3, "big") + bytes([_HEADERS, _ENDS_ALL, 0, 0, 0, 1]) + block
