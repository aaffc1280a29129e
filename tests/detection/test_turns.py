"""The order is kept while the appliance is away; a letter that fails by itself lets the others go first."""

from collections.abc import Iterator

import pytest

from detection.answers import PATIENT
from detection.letters import Kind, Letter
from detection.outbox import Outbox
from detection.turns import LONGEST_PAUSE, Turns
from tests.detection.factories import NOW


class Kept:
    """Turns over an outbox in memory, and a steady clock that only moves when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.outbox = Outbox(None)
        self.turns = Turns(self.outbox, lambda: self.seconds, PATIENT)

    def put(self, *ids: str, blobs: tuple[str, ...] = ()) -> None:
        for id in ids:
            self.outbox.put(id=id, reported_at=NOW, sealed=b"sealed", blobs=[(blob, b"sealed") for blob in blobs])

    def next(self) -> Letter:
        letter = self.turns.next_letter()
        assert letter
        return letter


@pytest.fixture
def kept() -> Iterator[Kept]:
    kept = Kept()
    yield kept
    kept.outbox.close()


def test_nothing_is_next_where_nothing_waits(kept: Kept) -> None:
    assert (kept.turns.next_letter(), kept.turns.until_next(), kept.turns.away() > 0) == (None, None, False)


def test_a_pause_is_for_all_and_grows_with_the_failures(kept: Kept) -> None:
    for failures, seconds in ((1, 1), (4, 8), (99, 60)):
        kept.turns.pause(failures)
        assert kept.turns.away() == seconds
    kept.seconds += 60
    assert kept.turns.away() == 0


def test_a_pause_is_as_long_as_was_asked_for_within_reason(kept: Kept) -> None:
    kept.turns.pause(1, 120)
    assert kept.turns.away() == 120
    kept.turns.pause(1, 999_999_999)
    assert kept.turns.away() == LONGEST_PAUSE


def test_what_failed_by_itself_comes_after_what_did_not(kept: Kept) -> None:
    kept.put("a", "b")
    kept.turns.try_later(kept.next())
    assert (kept.turns.next_letter(), kept.turns.until_next()) == (None, 1.0)
    kept.seconds += 1
    assert kept.next().key == "b"


def test_where_each_fails_by_itself_the_pauses_grow_and_end_with_what_goes(kept: Kept) -> None:
    kept.put(*map(str, range(9)))
    rests = []
    for _ in range(4):
        kept.turns.try_later(kept.next())
        rests.append(kept.turns.until_next() or 0)
        kept.seconds += rests[-1]
    assert rests == [1, 2, 4, 8]
    kept.turns.went(kept.next())
    kept.turns.try_later(kept.next())
    assert kept.turns.until_next() == 1


def test_stubborn_evidence_never_delays_a_detection(kept: Kept) -> None:
    kept.put("a", blobs=("x", "y"))
    kept.outbox.delivered(Kind.DETECTION, "a")
    kept.turns.try_later(kept.next())
    assert kept.turns.next_letter() is None
    kept.put("b")
    assert kept.next().key == "b"


def test_what_was_sent_and_cannot_be_forgotten_is_passed_over(kept: Kept) -> None:
    kept.put("a", "b", "c")
    letter = kept.turns.next_letter({(Kind.DETECTION, "a"), (Kind.DETECTION, "b")})
    assert letter is not None
    assert letter.key == "c"
