"""A connection of which it is known what is spoken, until it leads into a tunnel."""

from proxy_addons.replay.course import Conversation, Course
from proxy_addons.replay.stream import Event, Side, What
from proxy_addons.replay.tunnel import enter


class Conversing:
    def __init__(self, course: Course, conversation: Conversation) -> None:
        self._course, self._conversation = course, conversation

    async def feed(self, event: Event) -> None:
        if event.what is What.DATA:
            await self._conversation.data(event.side, event.data, event.at)
        elif event.what is What.LOST:
            await self._conversation.lost(event.side, event.size, event.at)
        else:
            await self._conversation.end(event.side, event.at)
        if self._conversation.leads_to:
            await self._leave(event)

    def close(self) -> None:
        for (what, reason), number in self._conversation.unread().items():
            self._course.around.count(what, reason, number)

    async def _leave(self, event: Event) -> None:
        """What follows is in a tunnel, a connection of its own."""
        self.close()
        host, _, port = self._conversation.leads_to.rpartition(":")
        if not host or not port.isdigit():
            self._course.give_up("tunnels", "what they lead to is not known")
            return
        rest = {side: self._conversation.leftover(side) for side in Side}
        events = [event._replace(what=What.DATA, side=side, data=said) for side, said in rest.items() if said]
        events += [event._replace(what=What.END, side=side, data=b"") for side in Side if side in self._course.over]
        await enter(self._course, (host.strip("[]"), int(port)), events)
