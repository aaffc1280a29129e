from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from detection.grading import Detection
from detection.observation import Channel, Direction, Evidence, Observation, Subject
from proxy_addons.replay.exhibits import LATER, Exhibitor, Exhibits
from proxy_addons.replay.fuller_bundles import Promise
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.factories import NOON, PUPIL, WORDS, library

AT = datetime.fromtimestamp(NOON, UTC)


def observation(text: str = WORDS, **more: object) -> Observation:
    seen = Observation(
        seen_at=AT,
        reported_at=AT,
        subject=Subject(address=PUPIL),
        channel=Channel.SEARCH,
        direction=Direction.WRITTEN,
        app="news.test",
        location="http://news.test/",
        text=text,
    )
    return replace(seen, **more)  # type: ignore[arg-type]


@pytest.fixture
def detection() -> Detection:
    found = Onlooker(library()).observe(observation(), None)
    assert found
    return found


def evidence(size: int) -> Evidence:
    return Evidence(index=b"x" * size)


def kept(exhibits: Exhibits) -> list[tuple[int, int]]:
    return [(each.detection.severity, each.number) for each in exhibits.gravest]


def test_the_gravest_are_kept_and_of_these_the_earliest(detection: Detection) -> None:
    exhibits, asked = Exhibits(3), []
    for number, severity in enumerate((3, 2, 5, 3, 4, 1)):

        def collect(number: int = number) -> Evidence:
            asked.append(number)
            return evidence(1)

        exhibits.add(replace(detection, severity=severity), collect, None)
    assert kept(exhibits) == [(5, 3), (4, 5), (3, 1)]
    assert asked == [0, 1, 2, 3, 4]  # what would not be kept is not put together


def test_where_no_pictures_are_wanted_nothing_is_put_together(detection: Detection) -> None:
    exhibits = Exhibits(0)
    exhibits.add(detection, lambda: pytest.fail("was asked for"), None)
    assert not exhibits.gravest


def test_what_memory_does_not_bear_goes_the_least_grave_first(detection: Detection) -> None:
    exhibits = Exhibits(10, most_bytes=100)
    for severity in (3, 5, 4):
        exhibits.add(replace(detection, severity=severity), lambda: evidence(45), None)
    assert kept(exhibits) == [(5, 2), (4, 3)]
    exhibits.add(replace(detection, severity=5), lambda: evidence(101), None)
    assert kept(exhibits) == [(5, 2)]


def test_a_fuller_bundle_takes_the_place_of_the_first_and_counts(detection: Detection) -> None:
    exhibits = Exhibits(10, most_bytes=100)
    promise = Promise(lambda: evidence(60))
    exhibits.add(detection, lambda: evidence(50), promise)
    exhibits.add(detection, lambda: evidence(50), None)
    exhibits.settle()
    assert [each.size for each in exhibits.gravest] == [50, 50]
    promise.keep()
    exhibits.settle()
    assert [each.size for each in exhibits.gravest] == [60]


def test_what_a_page_loads_is_waited_for_by_the_captures_clock() -> None:
    exhibits = Exhibits(10)
    exhibitor = Exhibitor(Onlooker(library()), exhibits)
    found = exhibitor.observe(observation(), lambda: evidence(1), lambda: evidence(2))
    assert found
    exhibitor.before(AT + timedelta(seconds=LATER - 1))
    assert [each.size for each in exhibits.gravest] == [1]
    exhibitor.before(AT + timedelta(seconds=LATER + 1))
    assert [each.size for each in exhibits.gravest] == [2]
    assert exhibitor.finish() == ""


def test_what_was_promised_comes_at_the_end_of_the_capture_at_the_latest() -> None:
    exhibits = Exhibits(10)
    exhibitor = Exhibitor(Onlooker(library()), exhibits)
    exhibitor.observe(observation(), None, lambda: evidence(2))
    assert exhibitor.observe(observation("good morning"), None) is None
    exhibitor.finish()
    assert [each.size for each in exhibits.gravest] == [2]
