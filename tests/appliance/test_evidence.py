"""Parts come in any order, late or again; a capture is complete when its last one is here."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from appliance import evidence
from appliance.models import Capture, DrawState, EvidenceState
from detection.observation import Mark
from detection.wire import EvidenceNames
from tests.appliance import factories
from tests.appliance.factories import NOON

ONE = EvidenceNames(index="har", blobs={"har": "h1"})
TWO = EvidenceNames(index="har2", blobs={"har2": "h2", "page": "p1"})


@pytest.fixture
def capture(session: Session) -> Capture:
    oak = factories.school(session)
    gate = factories.device(session, oak)
    return factories.capture(session, factories.incident(session, oak), gate, draw_state=DrawState.WAITING)


def arrive(session: Session, capture: Capture, name: str, sha256: str) -> None:
    evidence.take(evidence.wanted(session, capture.organisation_id, name), sha256, NOON)
    session.flush()


def test_complete_with_the_last_part(session: Session, capture: Capture) -> None:
    evidence.expect(session, capture, TWO, "", NOON)
    arrive(session, capture, "page", "p1")
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.PENDING, DrawState.WAITING)
    arrive(session, capture, "har2", "h2")
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.ATTACHED, DrawState.DUE)
    assert capture.evidence_index == "h2"


def test_what_came_before_is_not_waited_for_again(session: Session, capture: Capture) -> None:
    evidence.expect(session, capture, ONE, "", NOON)
    arrive(session, capture, "har", "h1")
    larger = EvidenceNames(index="har", blobs={"har": "h1", "picture": "x1"}, truncated=True)
    assert evidence.expect(session, capture, larger, "", NOON)
    assert {part.name: part.arrived_at for part in capture.parts} == {"har": NOON, "picture": None}
    assert capture.evidence_truncated


def test_content_of_another_hash_is_not_taken_for_it(session: Session, capture: Capture) -> None:
    evidence.expect(session, capture, ONE, "", NOON)
    arrive(session, capture, "har", "other")
    assert capture.evidence_state is EvidenceState.PENDING


def test_a_drawn_picture_stays_until_the_fuller_evidence_is_complete(session: Session, capture: Capture) -> None:
    evidence.expect(session, capture, ONE, "", NOON)
    arrive(session, capture, "har", "h1")
    capture.draw_state, capture.draw_tries = DrawState.DRAWN, 1
    evidence.expect(session, capture, TWO, "", NOON + timedelta(seconds=8))
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.PENDING, DrawState.DRAWN)
    arrive(session, capture, "har2", "h2")
    arrive(session, capture, "page", "p1")
    assert (capture.draw_state, capture.draw_tries) == (DrawState.DUE, 0)


def test_the_last_part_counts_even_after_waiting_was_given_up(session: Session, capture: Capture) -> None:
    evidence.expect(session, capture, ONE, "", NOON)
    capture.evidence_state, capture.draw_state = EvidenceState.GIVEN_UP, DrawState.DRAWN
    arrive(session, capture, "har", "h1")
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.ATTACHED, DrawState.DUE)


def test_naming_the_same_again_is_nothing_new(session: Session, capture: Capture) -> None:
    assert evidence.expect(session, capture, ONE, "", NOON)
    assert not evidence.expect(session, capture, ONE, "", NOON)
    assert evidence.expect(session, capture, None, "gone", NOON)
    assert not evidence.expect(session, capture, None, "gone", NOON)
    assert (capture.parts, capture.evidence_index, capture.evidence_note) == ([], None, "gone")


def test_of_what_is_withheld_no_evidence_is_taken_and_no_picture_drawn(session: Session, capture: Capture) -> None:
    capture.marks = [Mark.WITHHELD]
    assert evidence.expect(session, capture, ONE, "", NOON)
    assert not evidence.expect(session, capture, TWO, "", NOON + timedelta(seconds=8))
    assert evidence.wanted(session, capture.organisation_id, "har") == []
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.NONE, DrawState.WITHHELD)
