"""Who delivers what a worker that has ended left behind; real processes."""

import sys
import time

import pytest

from proxy_addons.supervisor.couriers import Couriers

WAITS = "import sys, time, pathlib; pathlib.Path(sys.argv[1]).write_text(' '.join(sys.argv[2:])); time.sleep(60)"


@pytest.fixture
def couriers(tmp_path):
    made = Couriers(lambda place: [sys.executable, "-S", "-c", WAITS, str(tmp_path / str(place))])
    yield made
    made.stop()
    ended(made)


def said(file):
    end = time.monotonic() + 20
    while not file.exists() or not file.read_text():
        assert time.monotonic() < end
        time.sleep(0.01)
    return file.read_text()


def ended(couriers):
    end = time.monotonic() + 20
    while couriers.send([]):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_one_place_after_the_other_and_none_twice(couriers, tmp_path):
    assert couriers.send([]) == frozenset()
    assert couriers.send([3, 5]) == {3}
    assert said(tmp_path / "3") == "--deliver"
    assert couriers.send([3, 5]) == {3, 5}
    assert couriers.send([3, 5]) == {3, 5}


def test_a_place_is_anybodys_again_once_its_courier_has_ended(couriers):
    assert couriers.send([3]) == {3}
    couriers.stop()
    ended(couriers)
    assert couriers.send([3]) == {3}
