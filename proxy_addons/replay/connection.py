"""One recorded connection: it goes through phases, from not knowing what is spoken to a conversation that is read."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from proxy_addons.replay.course import Phase, Surroundings
from proxy_addons.replay.ends import Ends
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.stream import Event, Side, What
from proxy_addons.replay.undecided import Undecided

DEEPEST = 4
"""Tunnels within tunnels."""


class Connection:
    def __init__(
        self, ends: Ends, around: Surroundings, depth: int = 0, spoken: Callable[[], Speaks | None] = lambda: None
    ) -> None:
        """``spoken``: what both ends have agreed to speak, where that is known."""
        self.ends, self.around, self._depth = ends, around, depth
        self.over: set[Side] = set()
        self._turned = False
        self._phase: Phase = Undecided(self, spoken)

    async def feed(self, event: Event) -> None:
        """The client is who opened the connection, as far as packets tell; what is said may tell otherwise."""
        if self._turned:
            event = event._replace(side=event.side.other)
        if event.what is What.END:
            self.over.add(event.side)
        await self._phase.feed(event)
        if len(self.over) == len(Side):
            self._phase.close()
            self._phase = _Ignored()

    def turn(self) -> None:
        self.ends = replace(self.ends, client=self.ends.server, server=self.ends.client)
        self._turned = not self._turned
        self.over = {side.other for side in self.over}

    async def become(self, phase: Phase, events: Iterable[Event] = ()) -> None:
        self._phase = phase
        for event in events:
            await self._phase.feed(event)

    def inside(self, ends: Ends, spoken: Callable[[], Speaks | None] = lambda: None) -> "Connection | None":
        if self._depth >= DEEPEST:
            self.give_up("tunnels", "too many in one another")
            return None
        return Connection(ends, self.around, self._depth + 1, spoken)

    def give_up(self, what: str, reason: str) -> None:
        self.around.count(what, reason, 1)
        self.ignore()

    def ignore(self) -> None:
        self._phase = _Ignored()


class _Ignored:
    async def feed(self, event: Event) -> None:
        pass

    def close(self) -> None:
        pass
