"""What is agreed, paused and revoked on the first box holds on the second within seconds, and alone it goes on.

In the place of a worker stands one that answers itself; with real ones: test_second_gateway.py.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import delete, select

from appliance import devices, network_pauses, organisations, store
from appliance.agents import certificates
from appliance.agents.authority import DEVICE_LIFE, authority
from appliance.models import AgentCertificate, Entry
from appliance.running.settings_files import SLUG
from tests.appliance.deadline import eventually
from tests.box.first_box import PUPILS, READY
from tests.box.origin import Origin
from tests.box.pupil import curl
from tests.box.test_agreements import WORKER
from tests.box.town import Town
from tests.box.two_boxes import TwoBoxes, two_boxes


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


def ends(certificate: Path) -> datetime:
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc


def test_it_follows_alone_goes_on_and_cut_off_reads_nothing(boxes: TwoBoxes) -> None:
    eventually(lambda: boxes.known() == "following", within=READY)
    assert is_unread(boxes)
    boxes.first.agree()
    eventually(lambda: is_read(boxes), within=READY)

    with boxes.first.sessions().begin() as session:
        school, half_an_hour = organisations.get(session, SLUG), timedelta(minutes=30)
        row = network_pauses.pause(session, school, PUPILS, half_an_hour, "exam", "kim at the box", datetime.now(UTC))
    eventually(lambda: is_unread(boxes), within=READY)
    with boxes.first.sessions().begin() as session:
        network_pauses.resume(session, session.merge(row), "kim at the box", datetime.now(UTC))
    eventually(lambda: is_read(boxes), within=READY)

    boxes.first.cut()
    eventually(lambda: boxes.known() == "alone", within=READY)
    boxes.kill("follow")
    boxes.start("follow")
    assert is_read(boxes)
    boxes.first.mend()
    eventually(lambda: boxes.known() == "following", within=READY)
    assert is_read(boxes)

    boxes.first.revoke()
    eventually(lambda: boxes.known() == "cut-off", within=READY)
    assert is_unread(boxes)
    with store.reading(boxes.first.sessions()) as session:
        assert {"gateway-code", "gateway-enrolled", "gateway-revoked"} <= set(session.scalars(select(Entry.kind)))

    boxes.join_again()
    eventually(lambda: is_read(boxes), within=READY)


def test_its_certificate_is_renewed_long_before_it_ends(boxes: TwoBoxes) -> None:
    file, now, quarter = boxes.etc / "gateway.crt", datetime.now(UTC), DEVICE_LIFE / 4
    device = given_certificate(boxes, since=now - 3 * quarter)
    boxes.kill("follow")
    boxes.start("follow")
    eventually(lambda: ends(file) > now + 3 * quarter, within=READY)
    with store.reading(boxes.first.sessions()) as session:
        of_it = select(AgentCertificate).where(AgentCertificate.device_id == device)
        assert sorted(each.issued_at > now for each in session.scalars(of_it)) == [False, True]
    assert (boxes.known(), is_read(boxes)) == ("following", True)


def test_switched_off_until_its_certificate_ended_it_says_so_and_joins_again(boxes: TwoBoxes) -> None:
    given_certificate(boxes, since=datetime.now(UTC) - DEVICE_LIFE - timedelta(hours=1))
    boxes.kill("follow")
    boxes.start("follow")
    eventually(lambda: boxes.known() == "ended", within=READY)
    eventually(lambda: is_unread(boxes), within=READY)
    boxes.join_again()
    eventually(lambda: is_read(boxes) and boxes.known() == "following", within=READY)


def given_certificate(boxes: TwoBoxes, since: datetime) -> int:
    """Its own and only one, as it would be had it joined then. The device's number."""
    public: Any = load_pem_private_key((boxes.folder / "gateway" / "gateway.key").read_bytes(), None).public_key()
    with boxes.first.sessions().begin() as session:
        device = devices.in_use(session, organisations.get(session, SLUG).id, "second")
        assert device is not None
        session.execute(delete(AgentCertificate).where(AgentCertificate.device_id == device.id))
        signed_by = authority(boxes.first.places.agents_authority, datetime.now(UTC))
        (boxes.etc / "gateway.crt").write_text(certificates.issue(session, signed_by, device, public, since))
        return device.id
