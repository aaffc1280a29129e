"""The renderer gets what the capture says, in the school's time, with the evidence that is whole."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance import depiction
from appliance.depiction import DAMAGED, Record
from appliance.models import Capture, EvidenceState
from detection.observation import Channel
from images.drawing import Drawing
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON


def capture(session: Session, **fields: Any) -> Capture:
    oak = factories.school(session)
    oak.time_zone = "Pacific/Auckland"
    for ref, name in (("p1", "Sam Field"), ("p2", "Kim Hill")):
        factories.person(session, oak, ref, name=name)
    return factories.capture(session, factories.incident(session, oak), factories.device(session, oak), **fields)


@pytest.mark.parametrize(
    ("channel", "kind"),
    [(Channel.PAGE, "page"), (Channel.SEARCH, "search"), (Channel.PROMPT, "message"), (Channel.FILE_NAME, "text")],
)
def test_each_channel_is_drawn_as_what_it_is(session: Session, channel: str, kind: str) -> None:
    assert depiction.drawing_of(session, capture(session, channel=channel)).kind == kind


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        ({"people": ["p1"]}, "Sam Field"),
        ({"people": ["p1", "p2"]}, "Kim Hill or Sam Field"),
        ({"people": ["p1", "gone"], "device": "pc-7"}, "Somebody at pc-7"),
        ({"people": [], "device": None, "address": "192.0.2.7"}, "Somebody at 192.0.2.7"),
        ({"people": []}, "Somebody unknown"),
    ],
)
def test_a_name_is_given_only_as_surely_as_it_is_known(session: Session, subject: dict[str, Any], who: str) -> None:
    assert depiction.drawing_of(session, capture(session, subject=subject)).who == who


def test_times_are_the_schools(session: Session) -> None:
    before = [{"seen_at": NOON.isoformat(), "channel": "message", "direction": "shown", "app": "chat", "text": "hi"}]
    drawing = depiction.drawing_of(session, capture(session, before=before))
    assert f"{drawing.when:%H:%M %Z}" == "01:00 NZDT"
    assert [f"{line.when:%H:%M} {line.direction} {line.text}" for line in drawing.before] == ["01:00 shown hi"]


def test_only_what_was_said_in_the_same_chat_stands_above_a_message(session: Session) -> None:
    said = [
        ("message", "chat", "hi"),
        ("page", "chat", "Room 1, a chat"),
        ("post", "homework", "My weekend"),
        ("message", "mail", "Dear all"),
        ("message", "chat", "how are you"),
    ]
    before = [
        {"seen_at": NOON.isoformat(), "channel": channel, "direction": "shown", "app": app, "text": text}
        for channel, app, text in said
    ]
    drawing = depiction.drawing_of(session, capture(session, before=before))
    assert [line.text for line in drawing.before] == ["hi", "how are you"]


def test_the_words_that_matched_are_marked(session: Session) -> None:
    drawing = depiction.drawing_of(session, capture(session))
    assert (drawing.needles, drawing.ranges) == (("so alone",), ((7, 15),))


@pytest.mark.parametrize("state", [EvidenceState.NONE, EvidenceState.PENDING, EvidenceState.GIVEN_UP])
def test_incomplete_evidence_is_not_drawn(session: Session, state: EvidenceState) -> None:
    assert depiction.record_of(capture(session, evidence_state=state, evidence_index="0" * 64)) is None


class TestRecord:
    @pytest.fixture
    def drawing(self, session: Session) -> Drawing:
        return depiction.drawing_of(session, capture(session, evidence_note="Something."))

    def record(self, index: str, *bodies: str) -> Record:
        return Record(capture_id="obs-1", index=index, bodies=bodies, truncated=False)

    def test_it_comes_out_of_the_vault(self, drawing: Drawing, tmp_path: Path) -> None:
        vault = Vault(tmp_path)
        index, body = vault.put(b"{}"), vault.put(b"page")
        evidence = depiction.with_record(drawing, self.record(index, body), vault).evidence
        assert evidence is not None
        assert (evidence.index, dict(evidence.bodies), evidence.truncated) == (b"{}", {body: b"page"}, False)

    def test_a_missing_part_leaves_the_rest(self, drawing: Drawing, tmp_path: Path) -> None:
        vault = Vault(tmp_path)
        index = vault.put(b"{}")
        evidence = depiction.with_record(drawing, self.record(index, "0" * 64), vault).evidence
        assert evidence is not None
        assert (dict(evidence.bodies), evidence.truncated) == ({}, True)

    def test_a_missing_index_leaves_the_words_and_says_why(self, drawing: Drawing, tmp_path: Path) -> None:
        drawn = depiction.with_record(drawing, self.record("0" * 64), Vault(tmp_path))
        assert (drawn.evidence, drawn.note) == (None, DAMAGED)
