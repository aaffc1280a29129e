from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from detection.observation import Evidence
from proxy_addons.replay.fuller_bundles import FullerBundles, Promise

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def promised(bundles: FullerBundles, seen_at: datetime = NOON) -> list[str]:
    """Says "collected" once it was."""
    collected: list[str] = []

    def collect() -> Evidence:
        collected.append("collected")
        return Evidence(index=b"{}")

    bundles.add(Promise(collect), seen_at)
    return collected


def test_a_bundle_is_collected_when_the_capture_has_come_that_far() -> None:
    bundles = FullerBundles(8.0)
    collected = promised(bundles)
    bundles.keep_until(NOON + timedelta(seconds=7.9))
    assert not collected
    bundles.keep_until(NOON + timedelta(seconds=8))
    bundles.keep_all()
    assert collected == ["collected"]


def test_the_end_of_the_capture_is_the_last_moment() -> None:
    bundles = FullerBundles(8.0)
    collected = [promised(bundles), promised(bundles, NOON + timedelta(hours=1))]
    bundles.keep_all()
    assert collected == [["collected"]] * 2


def test_who_waits_on_another_thread_is_given_the_bundle_once() -> None:
    promise = Promise(lambda: Evidence(index=b"{}"))
    given: list[Evidence | None] = []
    waiting = Thread(target=lambda: given.append(promise.wait()), daemon=True)
    waiting.start()
    promise.keep()
    waiting.join(20)
    assert given == [Evidence(index=b"{}")]
    assert promise.wait() is None


def test_a_bundle_that_cannot_be_collected_keeps_nobody_waiting() -> None:
    promise = Promise(lambda: Evidence(index=bytes([1000])))
    with pytest.raises(ValueError, match="bytes must be"):
        promise.keep()
    assert promise.wait() is None
