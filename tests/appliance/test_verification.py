"""What was changed or lost is named, and by which school or capture."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from appliance import evidence, incidents, verification
from appliance.models import Capture, DrawState
from detection.observation import Mark
from detection.wire import EvidenceNames
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_every_school_has_its_chain_checked(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    for school in (oak, elm, elm):
        factories.entry(session, school)
    session.execute(
        text("UPDATE entry_texts SET text = 'x' WHERE organisation_id = :id AND sequence = 2"), {"id": elm.id}
    )
    session.expire_all()
    checked = list(verification.chains(session))
    assert [each.what.partition(";")[0] for each in checked] == ["elm: 2 entries", "oak: 1 entries"]
    assert [each.faults for each in checked] == [("entry 2: its words were changed",), ()]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE captures SET text = 'I feel fine lately' WHERE id = 'obs-1'", "capture obs-1: was changed"),
        ("UPDATE captures SET seen_at = '2026-03-05 12:00:00.000000' WHERE id = 'obs-1'", "capture obs-1: was changed"),
        ("UPDATE captures SET seen_at = 'x' WHERE id = 'obs-1'", "capture obs-1: cannot be read"),
        ("UPDATE captures SET matches = '[' WHERE id = 'obs-1'", "capture obs-1: cannot be read"),
        ("DELETE FROM captures WHERE id = 'obs-1'", "capture obs-1: is missing"),
    ],
)
def test_a_capture_that_says_something_else_now_is_found(session: Session, change: str, fault: str) -> None:
    gate = factories.device(session, factories.school(session))
    for id in ("obs-1", "obs-2"):
        incidents.record(session, factories.report(id), gate, content_sha256="", seen_at=NOON, received_at=NOON)
    session.execute(text("UPDATE captures SET draw_state = 'drawn', duplicate_of = 'x'"))
    session.expunge_all()
    checked = verification.filed_captures(session)
    assert (checked.what, checked.faults) == ("captures: 2", ())
    session.execute(text(change))
    assert verification.filed_captures(session).faults == (fault,)


def drawn(session: Session, vault: Vault) -> Capture:
    """With a picture, and evidence of two parts."""
    oak = factories.school(session)
    capture = factories.capture(session, factories.incident(session, oak), factories.device(session, oak))
    har, page = vault.put(b"{}"), vault.put(b"page")
    evidence.expect(session, capture, EvidenceNames(index="h", blobs={"h": har, "p": page}), "", NOON)
    for part in capture.parts:
        evidence.take([part], part.sha256 or "", NOON)
    capture.draw_state, capture.picture = DrawState.DRAWN, vault.put(b"picture")
    session.flush()
    return capture


def test_a_whole_vault_is_whole(session: Session, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    drawn(session, vault)
    vault.put(b"what no row speaks of")
    checked = verification.vault_objects(session, vault)
    assert (checked.what, checked.faults) == ("vault: 3 pictures and pieces of evidence", ())


def test_one_flipped_byte_and_one_missing_file_are_found(session: Session, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    capture = drawn(session, vault)
    vault.delete(capture.evidence_index or "")
    picture = next(tmp_path.rglob(capture.picture or ""))
    picture.write_bytes(b"picturf")
    faults = verification.vault_objects(session, vault).faults
    assert len(faults) == 2
    assert all(fault.startswith("capture obs-1: ") for fault in faults)


def test_one_capture_is_held_against_the_entry_that_filed_it(session: Session) -> None:
    gate = factories.device(session, factories.school(session))
    live, played = (
        incidents.record(
            session,
            factories.report(id, marks=marks),
            gate,
            content_sha256="0" * 64,
            seen_at=NOON,
            received_at=NOON,
        )
        for id, marks in (("obs-1", frozenset()), ("obs-2", frozenset({Mark.REPLAY})))
    )
    assert verification.fault_of(session, live) == verification.fault_of(session, played) == ""
    live.severity = 1
    assert verification.fault_of(session, live) == "it was changed since it was filed"
    alone = factories.capture(session, live.incident, gate, id="obs-3")
    assert verification.fault_of(session, alone) == "no entry files it"
