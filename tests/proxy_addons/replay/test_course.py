import asyncio
from collections import Counter

from proxy_addons.replay.connection import Connection
from proxy_addons.replay.course import Course
from proxy_addons.replay.ends import Ends
from proxy_addons.replay.stream import Event, Side, Stream, What
from tests.proxy_addons.replay.factories import NOON


def event(data: bytes, what: What = What.DATA, side: Side = Side.CLIENT) -> Event:
    return Event(Stream(0, (b"", 1), (b"", 2)), side, what, NOON, 0, data)


class Listening:
    """A phase that is over after so many events."""

    def __init__(self, course: Course, most: int = 99) -> None:
        self._course, self._most = course, most
        self.heard: list[bytes] = []
        self.next: Listening | None = None
        self.closed = 0

    async def feed(self, event: Event) -> None:
        self.heard.append(event.data)
        if len(self.heard) == self._most:
            self.next = Listening(self._course)
            await self._course.become(self.next)

    def close(self) -> None:
        self.closed += 1


def connection() -> tuple[Connection, Counter[tuple[str, str]]]:
    counted = Counter[tuple[str, str]]()

    class Around:
        def count(self, what: str, reason: str, number: int) -> None:
            counted[what, reason] += number

    return Connection(Ends(("10.1.0.7", 1), ("192.0.2.80", 2)), Around()), counted  # type: ignore[arg-type]


def test_what_is_there_already_is_told_to_the_next_phase_and_to_what_follows_it() -> None:
    course, _ = connection()
    first = Listening(course, most=2)
    asyncio.run(course.become(first, [event(b"a"), event(b"b"), event(b"c")]))
    asyncio.run(course.feed(event(b"d")))
    assert first.next
    assert (first.heard, first.next.heard) == ([b"a", b"b"], [b"c", b"d"])


def test_a_phase_is_closed_once_when_both_sides_have_ended() -> None:
    course, _ = connection()
    phase = Listening(course)
    asyncio.run(course.become(phase))
    for side in (Side.CLIENT, Side.SERVER, Side.SERVER):
        asyncio.run(course.feed(event(b"", What.END, side)))
    assert phase.closed == 1


def test_what_is_given_up_is_counted_and_hears_nothing_more() -> None:
    course, counted = connection()
    phase = Listening(course)
    asyncio.run(course.become(phase))
    course.give_up("tunnels", "odd")
    asyncio.run(course.feed(event(b"a")))
    assert (phase.heard, phase.closed, counted) == ([], 0, {("tunnels", "odd"): 1})
