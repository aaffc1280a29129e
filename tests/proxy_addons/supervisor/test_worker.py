"""A worker is alive and answers, or it is not."""

import os
import signal

from proxy_addons.supervisor.worker import MUTE, Worker
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.supervisor.conftest import command


def beating(started, now=100.0):
    worker = Worker(0, command(), now)
    started.append(worker)
    eventually(lambda: (worker.listen(now), worker.is_ready)[1])
    return worker


def test_it_is_ready_once_it_speaks_and_says_how_many_connections_it_has(started):
    worker = beating(started)
    assert worker.open == 3
    assert not worker.ended
    assert worker.megabytes() > 1


def test_one_that_starts_is_not_mute_and_one_that_stands_still_is(started):
    started.append(Worker(0, command("--fails"), 0.0))
    assert not started[0].is_mute(1000.0)
    worker = beating(started)
    os.kill(worker.pid, signal.SIGSTOP)
    worker.listen(100.0)
    assert not worker.is_mute(100.0 + MUTE - 0.1)
    assert worker.is_mute(100.0 + MUTE + 0.1)


def test_what_it_said_while_the_supervisor_was_away_counts(started):
    worker = beating(started)
    eventually(lambda: (worker.listen(500.0), not worker.is_mute(500.0))[1])


def test_told_to_leave_it_ends_and_a_later_time_does_not_replace_an_earlier(started):
    worker = beating(started)
    worker.leave(10.0, 100.0)
    worker.leave(50.0, 100.0)
    assert worker.leaving_until == 110.0
    eventually(lambda: worker.ended)


def test_killed_it_has_ended_even_if_it_stood_still(started):
    worker = beating(started)
    os.kill(worker.pid, signal.SIGSTOP)
    worker.kill()
    eventually(lambda: worker.ended)
    assert worker.megabytes() == 0
