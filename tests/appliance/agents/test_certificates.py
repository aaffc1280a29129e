"""A certificate stands for its device until it ends or the device is revoked; a renewed one does so beside it."""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy.orm import Session

from appliance.agents import certificates
from appliance.agents.authority import DEVICE_LIFE, Authority, asked_key, authority
from appliance.models import Device
from tests.appliance import factories
from tests.appliance.agents.device import csr
from tests.appliance.factories import NOON


def device(session: Session, kind: str = "agent") -> Device:
    return factories.device(session, factories.school(session), name="lab-07", kind=kind)


def issued(session: Session, by: Authority, to: Device, at: object = NOON) -> bytes:
    pem = certificates.issue(session, by, to, asked_key(csr()), at)  # type: ignore[arg-type]
    leaf, root = x509.load_pem_x509_certificates(pem.encode())
    assert root == by.certificate
    return leaf.public_bytes(Encoding.DER)


def test_it_stands_for_its_device_until_it_ends(session: Session, tmp_path: Path) -> None:
    by, lab = authority(tmp_path, NOON), device(session)
    shown = issued(session, by, lab)
    assert certificates.device_of(session, shown, NOON) == lab
    assert certificates.device_of(session, shown, NOON + DEVICE_LIFE) is None


def test_one_that_was_signed_but_never_filed_stands_for_nobody(session: Session, tmp_path: Path) -> None:
    made = authority(tmp_path, NOON).for_device(asked_key(csr()), "lab-07", NOON)
    assert certificates.device_of(session, made.public_bytes(Encoding.DER), NOON) is None


def test_a_renewed_one_and_the_one_before_both_stand_and_end_together_with_the_device(
    session: Session, tmp_path: Path
) -> None:
    by, lab = authority(tmp_path, NOON), device(session)
    later = NOON + DEVICE_LIFE * 0.7
    both = [issued(session, by, lab), issued(session, by, lab, later)]
    assert [certificates.device_of(session, each, later) for each in both] == [lab, lab]
    certificates.revoke(session, lab, later)
    session.flush()
    assert [certificates.device_of(session, each, later) for each in both] == [None, None]


def test_it_is_due_with_a_third_of_its_life_left(session: Session, tmp_path: Path) -> None:
    lab = device(session)
    issued(session, authority(tmp_path, NOON), lab)
    row = certificates.latest(session, lab)
    assert row is not None
    assert not certificates.is_due(row, NOON + timedelta(days=240))
    assert certificates.is_due(row, NOON + timedelta(days=245))


def test_a_device_of_another_kind_speaks_by_token_alone(session: Session, tmp_path: Path) -> None:
    shown = issued(session, authority(tmp_path, NOON), device(session, "gateway"))
    assert certificates.device_of(session, shown, NOON) is None
