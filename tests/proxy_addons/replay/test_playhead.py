from datetime import UTC, datetime

import pytest

from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.streams import Event, Side, What
from tests.proxy_addons.replay.factories import NOON


def at(time: float = NOON, stream: int = 0, offset: int = 0) -> Event:
    return Event(stream, Side.CLIENT, What.DATA, time, offset, b"")


def ids(file: str = "f", library: str = "l", *events: Event) -> list[str]:
    playhead = Playhead(file, library)
    found = []
    for event in events or (at(),):
        playhead.move(event)
        found += [playhead.next_id(), playhead.next_id()]
    return found


def test_the_same_place_has_the_same_ids_and_no_other_has() -> None:
    assert ids() == ids()
    every = ids() + ids("other") + ids("f", "other") + ids("f", "l", at(stream=1), at(offset=9))
    assert len(set(every)) == len(every) == 10


@pytest.mark.parametrize(("time", "year"), [(NOON, 2026), (0.0, 1970), (1e30, 1970)])
def test_the_clock_is_the_packets(time: float, year: int) -> None:
    playhead = Playhead("f", "l")
    playhead.move(at(time))
    assert playhead.now().year == year
    assert playhead.now().tzinfo is UTC
    assert isinstance(playhead.now(), datetime)
