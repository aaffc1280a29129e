"""Who is replaced is told in its turn, is waited for, and is forgotten once it has ended."""

from proxy_addons.supervisor.leaving import STUBBORN, Leaving
from proxy_addons.supervisor.worker import Worker
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.supervisor.conftest import command


def of(started, *more):
    started.append(Worker(0, command(*more), 100.0))
    return started[-1]


def test_one_is_told_at_its_time_and_forgotten_once_it_has_ended(started):
    leaving, worker = Leaving(), of(started)
    leaving.add(worker, 101.0)
    leaving.see_off(60.0, 100.0)
    assert (list(leaving), worker.leaving_until) == ([worker], None)
    leaving.see_off(60.0, 101.0)
    assert worker.leaving_until == 161.0
    eventually(lambda: (leaving.see_off(60.0, 102.0), not leaving)[1])
    assert worker.ended


def test_hurried_one_has_no_more_time_than_that_and_is_killed_beyond_it(started):
    leaving, worker = Leaving(), of(started, "--stays")
    eventually(lambda: (worker.listen(100.0), worker.is_ready)[1])
    leaving.add(worker, 100.0)
    leaving.see_off(600.0, 100.0)
    leaving.hurry(5.0, 100.0)
    assert worker.leaving_until == 105.0
    leaving.see_off(600.0, 105.0 + STUBBORN)
    assert not worker.ended
    leaving.see_off(600.0, 105.1 + STUBBORN)
    eventually(lambda: (leaving.see_off(600.0, 106.0 + STUBBORN), not leaving)[1])
