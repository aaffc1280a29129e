"""A connection of which it is not known yet what is spoken."""

from collections.abc import Callable

from proxy_addons.replay.conversing import Conversing
from proxy_addons.replay.course import Course
from proxy_addons.replay.opening import Opening
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.socks import SocksError, negotiated
from proxy_addons.replay.stream import Event, Side
from proxy_addons.replay.tunnel import enter
from proxy_addons.replay.within_tls import WithinTls


class Undecided:
    def __init__(self, course: Course, spoken: Callable[[], Speaks | None]) -> None:
        """``spoken``: what both ends have agreed to speak, where that is known."""
        self._course, self._spoken = course, spoken
        self._opening = Opening()

    async def feed(self, event: Event) -> None:
        if not self._opening.events and self._course.around.awaits_file(self._course.ends):
            await self._follow(event.at, Speaks.CLEAR, [event])
            return
        self._opening.add(event)
        if self._opening.is_turned:
            self._turn()
        spoken = self._spoken() or self._opening.speaks
        if spoken is Speaks.OTHER and (asker := self._opening.http_begins()) is not None:
            if asker is Side.SERVER:
                self._turn()
            spoken = Speaks.HTTP1
        elif self._opening.is_enough and spoken in (Speaks.OTHER, Speaks.UNDECIDED) and (page := self._opening.page):
            if page is Side.CLIENT:
                self._turn()
            spoken = Speaks.HTTP1
        if spoken not in (Speaks.OTHER, Speaks.UNDECIDED) or self._opening.is_enough:
            await self._decide(spoken)

    def close(self) -> None:
        """What both sides have ended is decided."""

    async def _decide(self, spoken: Speaks) -> None:
        """Who asks is known by now, and so whose it is."""
        course, events = self._course, self._opening.events
        if not course.around.plays(course.ends.client[0]):
            course.ignore()
            return
        match spoken:
            case Speaks.HTTP1 | Speaks.HTTP2 | Speaks.CLEAR | Speaks.DNS:
                await self._follow(events[0].at, spoken, events)
            case Speaks.SOCKS:
                await self._through_socks()
            case Speaks.TLS:
                await course.become(WithinTls(course, course.around.tls()), events)
            case Speaks.OTHER | Speaks.UNDECIDED:
                reason = "nothing was said" if self._opening.is_silent else "no known protocol"
                course.give_up("TCP connections", reason)

    async def _follow(self, at: float, spoken: Speaks, events: list[Event]) -> None:
        conversation = self._course.around.conversation(self._course.ends, at, spoken)
        await conversation.start()
        await self._course.become(Conversing(self._course, conversation), events)

    async def _through_socks(self) -> None:
        try:
            granted = negotiated(self._opening.said(Side.CLIENT), self._opening.said(Side.SERVER))
        except SocksError as e:
            self._course.give_up("tunnels", str(e))
            return
        if granted:
            lengths = {Side.CLIENT: granted.client, Side.SERVER: granted.server}
            await enter(self._course, (granted.host, granted.port), self._opening.behind(lengths))
        elif self._opening.is_enough:
            self._course.give_up("tunnels", "the proxy's answer is missing")

    def _turn(self) -> None:
        self._opening.turn()
        self._course.turn()
