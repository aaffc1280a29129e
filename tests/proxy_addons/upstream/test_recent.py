from datetime import UTC, datetime, timedelta

from proxy_addons.upstream.faults import Fault
from proxy_addons.upstream.recent import MOST, RecentFaults, mark


class Clock:
    now = datetime(2026, 9, 1, 8, tzinfo=UTC)

    def __call__(self):
        return self.now


def test_the_reason_is_known_for_an_hour():
    clock = Clock()
    recent = RecentFaults(clock)
    recent.note("Shop.test", Fault.EXPIRED)
    recent.note("shop.test", Fault.REVOKED)
    assert (recent.of("SHOP.test"), recent.of("other.test")) == (Fault.REVOKED, None)
    clock.now += timedelta(minutes=61)
    recent.forget()
    assert len(recent) == 0
    assert recent.of("shop.test") is None


def test_the_status_tells_of_a_host_only_whoever_asks_about_it():
    recent = RecentFaults()
    recent.note("Shop.test", Fault.EXPIRED)
    assert recent.marks() == {mark("shop.test"): "expired"}
    assert "shop" not in str(recent.marks())


def test_no_more_are_kept_than_memory_allows():
    recent = RecentFaults()
    for number in range(MOST + 5):
        recent.note(f"{number}.test", Fault.EXPIRED)
    assert len(recent) == MOST
    assert (recent.of("4.test"), recent.of("5.test")) == (None, Fault.EXPIRED)
