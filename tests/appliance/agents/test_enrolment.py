"""A code makes a device of the school, under the name that the code says, or that the device has."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import devices
from appliance.agents import certificates, codes, enrolment
from appliance.agents.authority import authority
from appliance.agents.enrolment import Enrolled
from appliance.models import Entry
from detection.json_object import WireError
from tests.appliance import factories
from tests.appliance.agents.device import csr
from tests.appliance.factories import NOON


def asked(code: str = "none", **fields: Any) -> enrolment.Asked:
    plain = {"version": 1, "code": code, "csr": csr(name="LAB 07"), "system": "Linux", "agent_version": "1.0"}
    return enrolment.read(json.dumps(plain | fields).encode())


def enrol(session: Session, folder: Path, code: str, **fields: Any) -> Enrolled | None:
    return enrolment.enrol(session, authority(folder, NOON), asked(code, **fields), NOON)


def test_the_certificate_bears_the_name_of_the_code(session: Session, tmp_path: Path) -> None:
    oak = factories.school(session)
    pupil = factories.person(session, oak)
    code = codes.make(session, oak, device="lab-07", uses=1, lasts=timedelta(hours=1), by="it", now=NOON, person=pupil)
    made = enrol(session, tmp_path, code)
    assert made is not None
    assert (made.device.name, made.device.kind, made.device.token_sha256) == ("lab-07", "agent", None)
    assert (made.device.person_id, made.device.system, made.school) == (pupil.id, "Linux", oak)
    named = x509.load_pem_x509_certificate(made.certificate.encode()).subject
    assert named.rfc4514_string() == "CN=lab-07"
    assert enrol(session, tmp_path, code) is None
    entry = session.scalars(select(Entry)).one()
    assert (entry.kind, entry.text and entry.text.text) == (
        "agent-enrolled",
        "lab-07 was enrolled with a code that it made.",
    )


@pytest.mark.parametrize(
    ("asked", "named"), [("LAB 07", ["LAB-07", "LAB-07-2"]), ("../", ["device", "device-2"]), ("x" * 64, ["x" * 58])]
)
def test_with_a_code_for_many_a_device_is_called_what_it_calls_itself(
    session: Session, tmp_path: Path, asked: str, named: list[str]
) -> None:
    oak = factories.school(session)
    code = codes.make(session, oak, device="", uses=5, lasts=timedelta(hours=1), by="it", now=NOON)
    made = [enrol(session, tmp_path, code, csr=csr(name=asked)) for _ in named]
    assert [each and each.device.name for each in made] == named


def test_a_name_of_a_device_that_was_revoked_is_free_again(session: Session, tmp_path: Path) -> None:
    oak = factories.school(session)
    code = codes.make(session, oak, device="lab-07", uses=2, lasts=timedelta(hours=1), by="it", now=NOON)
    enrol(session, tmp_path, code)
    devices.revoke(session, oak, "lab-07", NOON)
    session.flush()
    again = enrol(session, tmp_path, code)
    assert again is not None
    assert again.device.name == "lab-07"


def test_a_code_made_for_a_device_that_is_there_leaves_it_the_device_it_is(session: Session, tmp_path: Path) -> None:
    oak = factories.school(session)
    pupil = factories.person(session, oak)
    lasts = timedelta(hours=1)
    first = codes.make(session, oak, device="lab-07", uses=1, lasts=lasts, by="it", now=NOON, person=pupil)
    before = enrol(session, tmp_path / "lost", first)
    later = NOON + timedelta(days=9)
    again = codes.make(session, oak, device="lab-07", uses=1, lasts=lasts, by="it", now=later)
    after = enrolment.enrol(session, authority(tmp_path / "new", later), asked(again), later)
    assert before is not None
    assert after is not None
    assert (after.device, after.device.person_id) == (before.device, pupil.id)
    shown = [x509.load_pem_x509_certificate(each.certificate.encode()) for each in (before, after)]
    known = [certificates.device_of(session, each.public_bytes(Encoding.DER), later) for each in shown]
    assert known == [None, after.device]
    texts = [entry.text.text for entry in session.scalars(select(Entry).order_by(Entry.sequence)) if entry.text]
    assert texts[1] == "lab-07 was enrolled again with a code that it made."


def test_a_code_for_a_name_that_another_took_meanwhile_makes_another_device(session: Session, tmp_path: Path) -> None:
    oak = factories.school(session)
    made = [
        codes.make(session, oak, device="lab-07", uses=1, lasts=timedelta(hours=1), by="it", now=NOON) for _ in range(2)
    ]
    names = [each and each.device.name for each in (enrol(session, tmp_path, code) for code in made)]
    assert names == ["lab-07", "lab-07-2"]


@pytest.mark.parametrize(
    ("fields", "said"), [({"version": 2}, "version"), ({"csr": "none"}, "csr"), ({"code": 7}, "code")]
)
def test_what_is_no_request_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError, match=said):
        asked(**fields)
