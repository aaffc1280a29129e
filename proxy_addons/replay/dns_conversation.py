"""Lookups over TCP: each with its length before it, several on one connection."""

from collections import Counter

from proxy_addons.replay.dns_message import LOOKUPS, MALFORMED, NoLookupError
from proxy_addons.replay.ends import Ends, Hooks
from proxy_addons.replay.lookups import look_up
from proxy_addons.replay.stream import Side


class DnsConversation:
    leads_to = ""

    def __init__(self, hooks: Hooks, ends: Ends) -> None:
        self._hooks, self._ends = hooks, ends
        self._said = bytearray()
        """Less than a whole lookup: 64 KiB at most."""
        self._is_over = False
        self._unread: Counter[tuple[str, str]] = Counter()

    async def start(self) -> None:
        pass

    async def data(self, side: Side, data: bytes, at: float) -> None:
        if side is Side.SERVER:
            return
        if self._is_over:
            self._unread["bytes of DNS", "behind what cannot be read"] += len(data)
            return
        self._said += data
        while not self._is_over and (message := self._next()) is not None:
            await self._take(message, at)

    async def lost(self, side: Side, size: int, at: float) -> None:
        """Where the next lookup begins is not known then."""
        if side is Side.CLIENT:
            self._unread["bytes of DNS", "lost"] += size
            self._finish()

    async def end(self, side: Side, at: float) -> None:
        if side is Side.CLIENT:
            self._finish()

    def leftover(self, side: Side) -> bytes:
        return b""

    def unread(self) -> Counter[tuple[str, str]]:
        """By (what, reason); to be asked once, at the end."""
        return +self._unread

    def _next(self) -> bytes | None:
        end = 2 + int.from_bytes(self._said[:2], "big")
        if len(self._said) < max(2, end):
            return None
        message = bytes(self._said[2:end])
        del self._said[:end]
        return message

    async def _take(self, message: bytes, at: float) -> None:
        """As live, what follows one that is none is not read."""
        try:
            await look_up(self._hooks, self._ends, message, at, "tcp")
        except NoLookupError:
            self._unread[LOOKUPS, MALFORMED] += 1
            self._said.clear()
            self._is_over = True

    def _finish(self) -> None:
        if self._said:
            self._unread[LOOKUPS, "cut off"] += 1
        self._said.clear()
        self._is_over = True
