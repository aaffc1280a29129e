from datetime import UTC

import pytest

from proxy_addons.replay.playhead import Playhead, moment, place_of
from proxy_addons.replay.stream import Event, Side, Stream, What
from tests.proxy_addons.replay.factories import NOON


def at(stream: int = 0, offset: int = 0, side: Side = Side.CLIENT) -> Event:
    return Event(Stream(stream, (b"", 1), (b"", 2)), side, What.DATA, NOON, offset)


def ids(file: str = "f", library: str = "l", event: Event | None = None) -> list[str]:
    playhead = Playhead(file, library)
    playhead.move_to(moment(NOON), place_of(event or at()))
    return [playhead.next_id("someone"), playhead.next_id("someone")]


def test_the_same_place_has_the_same_ids_and_no_other_has() -> None:
    assert ids() == ids()
    elsewhere = at(stream=1), at(offset=9), at(side=Side.SERVER)
    every = ids() + ids("other") + ids("f", "other") + [i for event in elsewhere for i in ids("f", "l", event)]
    assert len(set(every)) == len(every) == 12


def test_ids_of_one_person_do_not_depend_on_what_others_do() -> None:
    playhead = Playhead("f", "l")
    playhead.move_to(moment(NOON), place_of(at()))
    found = [playhead.next_id(key) for key in ("another", "someone", "another", "someone")]
    assert [found[1], found[3]] == ids()
    assert len(set(found)) == 4


@pytest.mark.parametrize(("time", "year"), [(NOON, 2026), (0.0, 1970), (-5.0, 1970), (1e30, 1970), (7.5e9, 1970)])
def test_the_clock_is_the_packets_and_never_one_that_cannot_be(time: float, year: int) -> None:
    playhead = Playhead("f", "l")
    playhead.move_to(moment(time), "0/0/0")
    assert (playhead.now().year, playhead.now().tzinfo) == (year, UTC)
