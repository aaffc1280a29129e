"""A connection through a proxy, once the proxy has agreed: what it carries is a connection of its own."""

from collections.abc import Iterable

from proxy_addons.replay.course import Course, Inner
from proxy_addons.replay.ends import Ends, HostPort
from proxy_addons.replay.stream import Event


class Tunnel:
    def __init__(self, inner: Inner) -> None:
        self._inner = inner

    async def feed(self, event: Event) -> None:
        await self._inner.feed(event)

    def close(self) -> None:
        """What is inside has ended by the same events."""


async def enter(course: Course, server: HostPort, events: Iterable[Event]) -> None:
    """``events``: what was said in the tunnel already."""
    if inner := course.inside(Ends(course.ends.client, server, proxied=True)):
        await course.become(Tunnel(inner), events)
