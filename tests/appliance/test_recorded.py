from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from appliance import evidence
from appliance.models import Capture, EvidenceState
from appliance.recorded import Recorded, recorded
from detection.evidence import bundle
from detection.har import Exchange
from detection.wire import EvidenceNames
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON

EXCHANGE = Exchange(
    started_at=NOON, method="POST", url="https://a.example/", request_type="text/plain", request_body=b"hi", status=0
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def capture(session: Session) -> Capture:
    oak = factories.school(session)
    return factories.capture(session, factories.incident(session, oak), factories.device(session, oak))


def put(session: Session, capture: Capture, vault: Vault, index: bytes, *bodies: bytes) -> list[str]:
    names = [vault.put(each) for each in (index, *bodies)]
    blobs = {f"blob-{number}": name for number, name in enumerate(names)}
    evidence.expect(session, capture, EvidenceNames(index="blob-0", blobs=blobs), "", NOON)
    for name in names:
        evidence.take(capture.parts, name, NOON)
    return names


def kept(session: Session, capture: Capture, vault: Vault) -> list[str]:
    found = bundle([EXCHANGE])
    return put(session, capture, vault, found.index, *found.bodies.values())


def test_what_was_recorded_comes_out_of_the_vault_as_it_went_in(
    session: Session, capture: Capture, vault: Vault
) -> None:
    kept(session, capture, vault)
    assert recorded(capture, vault) == Recorded(exchanges=(EXCHANGE,))


def test_what_is_gone_and_what_was_changed_are_told_apart(
    session: Session, capture: Capture, vault: Vault, tmp_path: Path
) -> None:
    index, body = kept(session, capture, vault)
    vault.delete(index)
    (tmp_path / "vault" / body[:2] / body[2:4] / body).write_bytes(b"ho")
    assert recorded(capture, vault) == Recorded(missing=(index,), damaged=(body,))


def test_an_index_that_is_none_is_damaged(session: Session, capture: Capture, vault: Vault) -> None:
    (index,) = put(session, capture, vault, b"[]")
    assert recorded(capture, vault) == Recorded(damaged=(index,))


@pytest.mark.parametrize(
    ("state", "note", "why"),
    [
        (EvidenceState.NONE, "", "Nothing was recorded beside the text."),
        (EvidenceState.NONE, "The recording was too large to be kept.", "The recording was too large to be kept."),
        (EvidenceState.PENDING, "", "What was recorded has not come yet."),
        (EvidenceState.GIVEN_UP, "", "What was recorded never came."),
        (EvidenceState.ATTACHED, "", "The recording has no index."),
    ],
)
def test_why_there_is_nothing_is_said(
    capture: Capture, vault: Vault, state: EvidenceState, note: str, why: str
) -> None:
    capture.evidence_state, capture.evidence_note = state, note
    assert recorded(capture, vault) == Recorded(why_none=why)
