"""A question who is where is held until somebody signs in or out, and not for ever."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from appliance.bindings_held import AT_ONCE, LONGEST, LOOKS, Held, wanted_wait
from appliance.models import AgentSignIn, Organisation, Person
from tests.appliance import factories
from tests.appliance.agents.rows import signed_in
from tests.appliance.factories import NOON
from tests.appliance.ingesting import Appliance
from tests.detection.scripted_appliance import eventually


def school(appliance: Appliance) -> int:
    with appliance.sessions() as session:
        return session.scalars(select(Organisation.id).where(Organisation.slug == "oak")).one()


def sign_in(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        oak = session.get_one(Organisation, school(appliance))
        pupil = session.scalars(select(Person).where(Person.organisation_id == oak.id)).first()
        laptop = factories.device(session, oak, token="laptop", name="laptop", kind="agent")
        signed_in(session, laptop, pupil, addresses=["10.1.2.3"])


def test_it_is_answered_once_somebody_signs_in_or_out(appliance: Appliance) -> None:
    looks = list[float]()

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            sign_in(appliance)

    held, oak = Held(appliance.sessions, sleep), school(appliance)
    before = held.signed_in(oak)
    held.until_changed(oak, before, LONGEST)
    assert looks == [LOOKS] * 3
    there = held.signed_in(oak)
    assert there != before
    with appliance.sessions.begin() as session:
        session.scalars(select(AgentSignIn)).one().until = NOON + timedelta(hours=1)
    held.until_changed(oak, there, LONGEST)
    assert len(looks) == 4


def test_it_is_held_no_longer_than_is_wanted_nor_than_is_good(appliance: Appliance) -> None:
    looks = list[float]()
    held, oak = Held(appliance.sessions, looks.append), school(appliance)
    for seconds, waited in ((0.0, 0.0), (1.0, 1.0), (600.0, LONGEST)):
        looks.clear()
        held.until_changed(oak, held.signed_in(oak), seconds)
        assert sum(looks) == waited


def test_no_more_are_held_than_leave_room_for_others(appliance: Appliance) -> None:
    go_on, waiting = threading.Event(), list[float]()

    def sleep(seconds: float) -> None:
        waiting.append(seconds)
        go_on.wait(20)

    held, oak = Held(appliance.sessions, sleep), school(appliance)
    before = held.signed_in(oak)
    threads = [threading.Thread(target=held.until_changed, args=(oak, before, LOOKS)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    eventually(lambda: len(waiting) == AT_ONCE)
    held.until_changed(oak, before, LONGEST)
    assert len(waiting) == AT_ONCE
    go_on.set()
    for thread in threads:
        thread.join(20)


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [("", 0), ("wait=2", 2), ("respond-async, wait=10", 10), ("wait=-1", 0), ("wait=٣", 0), ("wait=99999", 0)],
)
def test_how_long_is_wanted_is_read(prefer: str, seconds: float) -> None:
    assert wanted_wait(prefer) == seconds


def test_a_sensor_that_knows_all_hears_of_a_sign_in_at_once(appliance: Appliance) -> None:
    tag = appliance.get("/bindings").headers["ETag"]
    coming = threading.Timer(0.4, sign_in, [appliance])
    coming.start()
    began = time.monotonic()
    answer = appliance.get("/bindings", **{"If-None-Match": tag, "Prefer": "wait=5"})
    coming.join()
    assert answer.status_code == 200
    assert [each["source"] for each in answer.get_json()["bindings"]] == ["agent"]
    assert time.monotonic() - began < LONGEST
