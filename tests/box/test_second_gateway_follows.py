"""What is agreed, paused and revoked on the first box holds on the second within seconds, and alone it goes on.

In the place of a worker stands one that answers itself; with real ones: test_second_gateway.py.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import network_pauses, organisations, store
from appliance.models import Entry
from appliance.running.settings_files import SLUG
from tests.appliance.deadline import eventually
from tests.box.origin import Origin
from tests.box.pupil import curl
from tests.box.test_agreements import WORKER
from tests.box.town import Town
from tests.box.two_boxes import PUPILS, READY, TwoBoxes, agree, join, new_code, revoke, two_boxes


@pytest.fixture(scope="module")
def boxes(town: Town, internet: Origin, town_folder: Path) -> Iterator[TwoBoxes]:
    with two_boxes(town, internet, town_folder / "two", "follow") as made:
        made.processes["worker"] = town.gateway.start(sys.executable, "-c", WORKER)
        town.gateway.run("nft", "add element inet gatehouse workers { 0 : 8081 }")
        yield made


def is_read(boxes: TwoBoxes) -> bool:
    return curl(boxes.town.pupils, "http://web.test/", boxes.internet.ca).body == "read"


def is_unread(boxes: TwoBoxes) -> bool:
    return "Welcome" in curl(boxes.town.pupils, "http://web.test/", boxes.internet.ca).body


def test_it_follows_alone_goes_on_and_cut_off_reads_nothing(boxes: TwoBoxes) -> None:
    eventually(lambda: boxes.known() == "following", within=READY)
    assert is_unread(boxes)
    agree(boxes)
    eventually(lambda: is_read(boxes), within=READY)

    with boxes.sessions().begin() as session:
        school, half_an_hour = organisations.get(session, SLUG), timedelta(minutes=30)
        row = network_pauses.pause(session, school, PUPILS, half_an_hour, "exam", "kim at the box", datetime.now(UTC))
    eventually(lambda: is_unread(boxes), within=READY)
    with boxes.sessions().begin() as session:
        network_pauses.resume(session, session.merge(row), "kim at the box", datetime.now(UTC))
    eventually(lambda: is_read(boxes), within=READY)

    boxes.cut()
    eventually(lambda: boxes.known() == "alone", within=READY)
    boxes.kill("follow")
    boxes.start("follow")
    assert is_read(boxes)
    boxes.mend()
    eventually(lambda: boxes.known() == "following", within=READY)
    assert is_read(boxes)

    revoke(boxes)
    eventually(lambda: boxes.known() == "cut-off", within=READY)
    assert is_unread(boxes)
    with store.reading(boxes.sessions()) as session:
        assert {"gateway-code", "gateway-enrolled", "gateway-revoked"} <= set(session.scalars(select(Entry.kind)))

    join(boxes, new_code(boxes), "--key", boxes.folder / "gateway" / "gateway.key")
    boxes.kill("follow")
    boxes.start("follow")
    eventually(lambda: is_read(boxes), within=READY)
