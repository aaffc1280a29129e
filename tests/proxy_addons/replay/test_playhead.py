from datetime import UTC

import pytest

from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.streams import Event, Side, Stream, What
from tests.proxy_addons.replay.factories import NOON


def at(time: float = NOON, stream: int = 0, offset: int = 0, side: Side = Side.CLIENT) -> Event:
    return Event(Stream(stream, (b"", 1), (b"", 2)), side, What.DATA, time, offset)


def ids(file: str = "f", library: str = "l", event: Event | None = None) -> list[str]:
    playhead = Playhead(file, library)
    playhead.move(event or at())
    return [playhead.next_id(), playhead.next_id()]


def test_the_same_place_has_the_same_ids_and_no_other_has() -> None:
    assert ids() == ids()
    elsewhere = at(stream=1), at(offset=9), at(side=Side.SERVER)
    every = ids() + ids("other") + ids("f", "other") + [i for event in elsewhere for i in ids("f", "l", event)]
    assert len(set(every)) == len(every) == 12


@pytest.mark.parametrize(("time", "year"), [(NOON, 2026), (0.0, 1970), (-5.0, 1970), (1e30, 1970), (7.5e9, 1970)])
def test_the_clock_is_the_packets_and_never_one_that_cannot_be(time: float, year: int) -> None:
    playhead = Playhead("f", "l")
    playhead.move(at(time))
    assert (playhead.now().year, playhead.now().tzinfo) == (year, UTC)
