"""A library that differs in all from the one before: whoever surfs meanwhile waits for nothing."""

import json
import string
import time
from datetime import UTC, datetime
from itertools import islice, product

import pytest

from appliance import library_releases, organisations, store
from appliance.library_releases import Press
from appliance.running.prepare import SCHOOL
from detection import library_keys
from detection.library import SHIPPED, Library, load
from tests.appliance.deadline import eventually
from tests.box.gateway_side import READY, box, gateway_side
from tests.box.pupil import curl
from tests.detection.libraries import a


def other():
    words = ("".join(letters) for letters in islice(product(string.ascii_lowercase, repeat=3), 101))
    return Library(tuple(a(f"{word} giraffe", hits=(f"{word} giraffe",)) for word in words))


@pytest.fixture
def side(town, internet, town_folder):
    with gateway_side(town, internet, town_folder / "library", supervisor="workers = 1\n") as made:
        made.load(box(workers=1))
        made.read("pupils")
        yield made


def test_the_same_worker_takes_it_while_a_pupil_surfs(side):
    far, shipped = other(), load(SHIPPED)
    in_the_store(side, lambda session, school, press: library_releases.current(session, school, press, now()), far)
    side.appliance()
    side.start()
    first = worker(side)
    eventually(lambda: version(side, first) == shipped.version, within=READY)
    in_the_store(
        side,
        lambda session, school, press: library_releases.rollback(
            session, school, press, far.version, by="jo", note="Try it.", now=now()
        ),
        shipped,
    )
    end = time.monotonic() + READY
    while version(side, first) != far.version:
        assert curl(side.town.pupils, "https://web.test/", side.root, seconds=20).exit == 0
        assert time.monotonic() < end, version(side, first)
    assert worker(side) == first
    assert side.status()["supervisor"]["deaths"] == 0


def in_the_store(side, act, shipped):
    press = Press(library_keys.read_private(side.places.library_private_key), shipped)
    with store.sessions(side.places.database).begin() as session:
        act(session, organisations.find(session, SCHOOL), press)


def now():
    return datetime.now(UTC)


def worker(side):
    return side.process_at(*side.slots().values())


def version(side, pid):
    """Of the library that this worker compares with; nothing where it has not said, or has gone."""
    said = (json.loads(file.read_text()) for file in (side.places.gateway / "workers").glob("*.json"))
    return next((each["sensor"]["library_version"] for each in said if each["pid"] == pid), "")
