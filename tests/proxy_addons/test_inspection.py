import asyncio
import threading

import pytest

from proxy_addons.inspection import Inspection
from proxy_addons.watchdog import Watchdog


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def release():
    """Lets whatever hangs in a test go on at its end."""
    event = threading.Event()
    yield event
    event.set()


def inspection(watchdog, **settings):
    return Inspection(watchdog, **{"seconds": 20.0, "pending_bytes": 1000} | settings)


def test_a_message_waits_until_it_has_been_read(watchdog):
    read = []
    asyncio.run(inspection(watchdog).run(lambda: read.append(threading.current_thread().name), 10, "flow"))
    assert read == ["inspection"]


def test_a_message_that_takes_too_long_passes_and_is_read_all_the_same(watchdog, release):
    read = threading.Event()
    slow = inspection(watchdog, seconds=0.05)
    asyncio.run(slow.run(lambda: (release.wait(), read.set()), 10, "flow"))
    assert not read.is_set()
    assert watchdog.report()["unread"] == {"timeout": 1}
    release.set()
    assert read.wait(20)


def test_more_than_memory_allows_passes_unread(watchdog, release):
    busy = inspection(watchdog, pending_bytes=100)
    busy.submit(release.wait, 80, "first")
    assert not busy.submit(lambda: None, 30, "second")
    assert watchdog.report()["unread"] == {"overload": 1}
    release.set()
    busy.close(20)
    assert busy.pending == 0


def test_a_fault_is_counted_and_the_next_message_is_read(watchdog):
    read = []
    whole = inspection(watchdog)

    async def both():
        await whole.run(lambda: 1 / 0, 10, "broken")
        await whole.run(lambda: read.append("next"), 10, "next")

    asyncio.run(both())
    assert read == ["next"]
    assert watchdog.report()["faults"] == {"inspection": 1}


def test_a_short_message_does_not_queue_behind_long_pages(watchdog, release):
    read, started = [], threading.Event()
    queue = inspection(watchdog, pending_bytes=1 << 20)
    queue.submit(lambda: (started.set(), release.wait()), 10, "first")
    assert started.wait(20)
    for name, size in (("page", 9000), ("page", 9000), ("search", 20)):
        queue.submit(lambda name=name: read.append(name), size, name)
    release.set()
    queue.close(20)
    assert read == ["search", "page", "page"]


def test_one_stuck_message_does_not_blind_the_gateway_for_good(watchdog, release):
    times = iter([0.0, 31.0, 31.0, 31.0, 31.0])
    started = threading.Event()
    two = inspection(watchdog, clock=lambda: next(times))
    two.submit(lambda: (started.set(), release.wait()), 10, "stuck")
    assert started.wait(20)
    read = threading.Event()
    two.submit(read.set, 10, "next")
    assert read.wait(20)
    assert watchdog.report()["faults"] == {"stuck": 1}


def test_what_was_waiting_is_read_before_the_gateway_stops(watchdog):
    read = []
    last = inspection(watchdog)
    for number in range(5):
        last.submit(lambda number=number: read.append(number), 10, "flow")
    last.close(20)
    assert read == [0, 1, 2, 3, 4]
    assert not last.submit(lambda: None, 10, "late")


def test_stopping_does_not_wait_for_a_stuck_message(watchdog, release):
    stuck = inspection(watchdog)
    stuck.submit(release.wait, 10, "stuck")
    stuck.close(0.05)
