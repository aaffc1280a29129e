"""A second gateway's box reports to the first one's appliance: real programs, real rules, a network between them.

Whatever is killed or cut, nothing is lost or filed twice; revoked, nothing of it is taken until it joins again.
Quicker, without workers: test_second_gateway_follows.py.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import store
from appliance.gateways import statuses
from appliance.health import Health
from appliance.models import Notification, NotificationState
from detection import canary
from tests.appliance.deadline import eventually
from tests.box.first_box import READY
from tests.box.origin import Origin
from tests.box.pupil import curl
from tests.box.town import Town
from tests.box.two_boxes import TwoBoxes, two_boxes

SOON = 90.0

KILLS = 2 if "GATEHOUSE_ROUNDS" in os.environ else 4
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def boxes(town: Town, internet: Origin, town_folder: Path) -> Iterator[TwoBoxes]:
    with two_boxes(town, internet, town_folder / "two") as made:
        yield made


@pytest.fixture
def reading(boxes: TwoBoxes) -> TwoBoxes:
    """Agreed to, and everything runs."""
    boxes.first.start()
    for program in ("follow", "supervisor"):
        boxes.start(program)
    boxes.first.agree()
    eventually(boxes.pupil.is_read, within=READY)
    return boxes


def test_nothing_is_read_until_it_is_agreed_on_the_first_box(boxes: TwoBoxes) -> None:
    eventually(lambda: boxes.known() == "following", within=READY)
    eventually(boxes.pupil.is_unread, within=READY)
    boxes.first.agree()
    eventually(boxes.pupil.is_read, within=READY)


def test_what_a_pupil_writes_is_filed_on_the_first_box(reading: TwoBoxes) -> None:
    reading.pupil.write("alpha")
    eventually(lambda: reading.first.captures("alpha") == 1, within=READY)
    token = canary.token(canary.read_key(reading.first.places.folder / "canary.key"), datetime.now(UTC))
    said = f"gatehouse+canary+{token}"
    curl(reading.town.pupils, f"https://search.test/?q={said}", reading.pupil.root, seconds=10)
    eventually(lambda: reading.first.captures("gatehouse canary") == 1, within=READY)


def test_cut_off_it_goes_on_reading_and_delivers_once_the_way_is_mended(reading: TwoBoxes) -> None:
    reading.first.cut()
    eventually(lambda: reading.known() == "alone", within=READY)
    reading.pupil.write("bravo")
    reading.kill("follow")
    reading.kill("supervisor")
    reading.start("follow")
    reading.start("supervisor")
    eventually(reading.pupil.is_read, within=READY)
    reading.pupil.write("charlie")
    time.sleep(2)
    assert [reading.first.captures(word) for word in ("bravo", "charlie")] == [0, 0]
    reading.first.mend()
    eventually(lambda: [reading.first.captures(word) for word in ("bravo", "charlie")] == [1, 1], within=READY)
    eventually(lambda: reading.known() == "following", within=SOON)


def test_the_first_box_killed_while_it_takes_something_in_loses_and_doubles_nothing(reading: TwoBoxes) -> None:
    words = ["delta", "foxtrot", "golf", "hotel"][:KILLS]
    for n, word in enumerate(words):
        eventually(reading.first.answers, within=READY)
        assert reading.pupil.write(word).exit == 0
        time.sleep(n * 0.03)
        reading.first.kill()
        reading.first.start()
    eventually(lambda: all(reading.first.captures(word) for word in words), within=READY)
    time.sleep(2)
    assert [reading.first.captures(word) for word in words] == [1] * len(words)


def test_its_silence_is_told_on_the_first_box(reading: TwoBoxes) -> None:
    sessions = reading.first.sessions()
    eventually(lambda: _reported(reading).get("supervisor"), within=SOON)
    health = Health(sessions, ())
    health.check(datetime.now(UTC))
    assert "gateway:second:silent" not in _up(reading)
    reading.kill("supervisor")  # the program that follows goes on, and must not hide that
    health.check(datetime.now(UTC) + timedelta(minutes=2))
    assert "gateway:second:silent" in _up(reading)


def test_revoked_nothing_of_it_is_taken_until_it_joins_again(reading: TwoBoxes) -> None:
    reading.first.cut()
    assert reading.pupil.write("echo").exit == 0
    reading.first.revoke()
    reading.first.mend()
    eventually(lambda: reading.known() == "cut-off", within=SOON)
    eventually(reading.pupil.is_unread, within=SOON)
    assert reading.first.captures("echo") == 0
    reading.join_again()
    eventually(lambda: reading.first.captures("echo") == 1, within=READY)
    eventually(lambda: reading.known() == "following", within=SOON)
    eventually(reading.pupil.is_read, within=READY)


def _reported(boxes: TwoBoxes) -> dict[str, object]:
    with store.reading(boxes.first.sessions()) as session:
        return next(each.status for each in statuses.reported(session) if each.name == "second")


def _up(boxes: TwoBoxes) -> set[str]:
    with store.reading(boxes.first.sessions()) as session:
        wanted = select(Notification.key).where(Notification.state != NotificationState.DISMISSED)
        return set(session.scalars(wanted))
