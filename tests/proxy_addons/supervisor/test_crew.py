"""Slots: who stands there, who takes over, and what a slot has while nobody does."""

import os
import signal
import socket

from proxy_addons.supervisor.crew import YOUNG
from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.leaving import STUBBORN
from proxy_addons.supervisor.slot_ports import NOBODY
from proxy_addons.supervisor.worker import MUTE


def manned(stepping, *more, **settings):
    made = stepping(*more, **settings)
    made.until(lambda: all(slot.worker for slot in made.crew.slots))
    return made


def test_until_a_worker_is_ready_a_slot_has_what_the_policy_says(stepping):
    assert stepping().pointing == {}
    assert stepping(fail="closed").pointing == {0: NOBODY, 1: NOBODY}


def test_each_slot_leads_to_its_own_worker(stepping):
    made = manned(stepping)
    assert made.pointing == {0: Ports(28081, 0), 1: Ports(28082, 0)}
    assert manned(stepping, first_proxy_port=29081, first_port=28281).pointing[1] == Ports(28282, 29082)


def test_a_port_that_somebody_else_has_is_left_alone(stepping):
    with socket.create_server(("127.0.0.1", 28381)):
        made = manned(stepping, first_port=28381)
    assert sorted(ports.transparent for ports in made.pointing.values()) == [28382, 28383]


def test_one_that_dies_is_out_of_the_map_at_the_next_look_and_is_replaced(stepping):
    made = manned(stepping)
    died = made.crew.slots[0].worker
    died.kill()
    made.until(lambda: died.ended or made.crew.deaths)
    made.step()
    assert 0 not in made.pointing or made.crew.slots[0].worker is not died
    assert made.crew.deaths == 1
    made.until(lambda: made.crew.slots[0].worker not in (None, died))
    assert set(made.pointing) == {0, 1}


def test_one_that_is_mute_is_dead_and_killed_after_a_while(stepping):
    made = manned(stepping)
    mute = made.crew.slots[1].worker
    os.kill(mute.pid, signal.SIGSTOP)
    made.step()
    made.until(lambda: made.crew.deaths, each=0.2)
    assert made.crew.slots[1].worker is not mute
    assert not mute.ended
    made.until(lambda: made.crew.slots[1].worker)
    made.until(lambda: mute.ended, each=STUBBORN / 50)


def test_one_that_comes_to_itself_when_its_place_is_taken_leaves(stepping):
    made = manned(stepping, drain_minutes=100.0)
    mute = made.crew.slots[0].worker
    os.kill(mute.pid, signal.SIGSTOP)
    made.step()
    made.until(lambda: made.crew.deaths, each=0.2)
    made.until(lambda: made.crew.slots[0].worker, each=0.0)
    os.kill(mute.pid, signal.SIGCONT)
    made.until(lambda: mute.ended, each=0.01)
    assert mute.leaving_until is not None


def test_one_that_was_only_slow_has_its_slot_back_and_nobody_else_is_started_for_it(stepping):
    made = manned(stepping)
    slow, slot = made.crew.slots[0].worker, made.crew.slots[0]
    os.kill(slow.pid, signal.SIGSTOP)
    made.step()
    while slot.worker:
        made.now += 1.0
        made.pointing = made.crew.step(made.now)
    made.seen |= set(made.crew.everybody())
    assert 0 not in made.pointing
    os.kill(slow.pid, signal.SIGCONT)
    made.until(lambda: slot.worker, each=0.0)
    if slot.worker is slow:  # unless the other was there first
        assert slot.next is None
        assert made.pointing[0] == Ports(28081, 0)


def test_renewed_they_are_replaced_one_after_the_other_and_nobody_is_missed(stepping):
    made = manned(stepping)
    before = [slot.worker for slot in made.crew.slots]
    made.crew.renew()

    def looked() -> bool:
        assert set(made.pointing) == {0, 1}
        assert sum(slot.next is not None for slot in made.crew.slots) <= 1
        return all(slot.worker not in before for slot in made.crew.slots)

    made.until(looked)
    made.until(lambda: all(worker.ended for worker in before))
    assert made.crew.deaths == 0


def test_an_old_one_and_a_large_one_are_replaced(stepping):
    for settings in ({"hours": 0.1}, {"memory_mb": 1}):
        made = manned(stepping, **settings)
        first = made.crew.slots[0].worker
        made.step()
        assert not made.crew.slots[0].next
        made.step(YOUNG)
        made.until(lambda made=made, first=first: made.crew.slots[0].worker is not first)
        assert made.crew.deaths == 0


def test_a_place_whose_outbox_is_being_delivered_is_left_alone(stepping):
    made = stepping()
    made.crew.reserved = frozenset({0})
    made.until(lambda: all(slot.worker for slot in made.crew.slots))
    assert [slot.worker.place for slot in made.crew.slots] == [1, 2]


def test_one_that_will_not_leave_is_killed_once_its_time_is_over(stepping):
    made = manned(stepping, "--stays", drain_minutes=0.01)
    stays = made.crew.slots[0].worker
    made.crew.renew()
    made.until(lambda: stays.ended, each=0.3)


def test_starts_that_fail_are_tried_ever_more_slowly(stepping):
    made = stepping("--fails")
    made.until(lambda: made.crew.slots[0].failed >= 2)
    slot = made.crew.slots[0]
    assert made.now < slot.not_before <= made.now + 4.0
    assert made.pointing == {}


def test_everybody_leaves_at_the_end(stepping):
    made = manned(stepping)
    everybody = made.crew.everybody()
    made.crew.leave(5.0, made.now)
    assert made.crew.pointing() == {}
    for _ in range(2000):
        made.crew.step_out(made.now)
        if not made.crew.everybody():
            break
        __import__("time").sleep(0.01)
    assert all(worker.ended for worker in everybody)


def test_a_supervisor_that_was_held_up_does_not_take_everybody_for_dead(stepping):
    made = manned(stepping)
    made.step(MUTE * 20)
    assert made.crew.deaths == 0
