"""The row says what the sensor said, and knows its like."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from appliance import captures
from appliance.models import DrawState
from detection.grading import Earlier
from detection.observation import Channel, Direction
from detection.stated_opinion import Effect
from tests.appliance import factories
from tests.appliance.factories import NOON, report
from tests.detection.factories import stated_opinion

HOUR = timedelta(hours=1)
FILED_BEFORE = "83df05333bfe2a7ec8f2d06ccb5db488b82872a840026b732de777bd01684f32"
"""Of the factory's plain capture, by the program before it knew of second opinions and of groups."""


def test_the_row_says_what_the_sensor_said(session: Session) -> None:
    gate = factories.device(session, factories.school(session))
    capture = captures.of_report(report("obs-1"), gate, content_sha256="0" * 64, seen_at=NOON, received_at=NOON)
    assert capture.matches == [
        {
            "phrase": "en.distress.alone",
            "text": "so alone",
            "gloss": "Feeling isolated.",
            "category": "distress",
            "severity": 3,
            "start": 7,
            "end": 15,
            "written": "so alone",
        }
    ]
    assert capture.subject["people"] == ["p1"]
    assert (capture.once, capture.draw_state) == (report("obs-1").detection.once, DrawState.WAITING)


def test_the_second_opinion_is_kept_apart_from_the_phrases(session: Session) -> None:
    gate = factories.device(session, factories.school(session))
    sent = report("obs-1", opinion=stated_opinion(passage="so alone", effect=Effect.RAISED))
    capture = captures.of_report(sent, gate, content_sha256="0" * 64, seen_at=NOON, received_at=NOON)
    assert capture.opinion == {
        "category": "bullying",
        "probability": 0.97,
        "passage": "so alone",
        "effect": "raised",
        "version": "m1",
    }


def test_who_changes_the_second_opinion_changes_the_capture(session: Session) -> None:
    oak = factories.school(session)
    incident, gate = factories.incident(session, oak), factories.device(session, oak)
    capture = factories.capture(session, incident, gate)
    before = captures.fingerprint(capture)
    capture.opinion = {"category": "distress", "probability": 0.97}
    with_one = captures.fingerprint(capture)
    capture.opinion = {"category": "distress", "probability": 0.07}
    assert len({before, with_one, captures.fingerprint(capture)}) == 3


def test_a_capture_filed_before_there_was_a_second_opinion_is_still_what_it_was(session: Session) -> None:
    oak = factories.school(session)
    capture = factories.capture(session, factories.incident(session, oak), factories.device(session, oak))
    assert capture.opinion is None
    capture.subject = {name: value for name, value in capture.subject.items() if name != "group"}
    assert captures.fingerprint(capture) == FILED_BEFORE


def test_the_row_gives_back_the_second_opinion_with_its_place_in_the_text(session: Session) -> None:
    gate = factories.device(session, factories.school(session))
    sent = report("obs-1", opinion=stated_opinion(passage="so alone", effect=Effect.RAISED))
    capture = captures.of_report(sent, gate, content_sha256="", seen_at=NOON, received_at=NOON)
    opinion = captures.opinion_of(capture)
    assert opinion is not None
    assert (opinion.category, opinion.probability, opinion.version) == ("bullying", 0.97, "m1")
    assert capture.text[opinion.start : opinion.end] == "so alone"
    capture.opinion = None
    assert captures.opinion_of(capture) is None


def test_the_row_gives_back_the_observation_by_the_appliances_clock(session: Session) -> None:
    gate, reported = factories.device(session, factories.school(session)), report("obs-1")
    capture = captures.of_report(reported, gate, content_sha256="", seen_at=NOON + HOUR, received_at=NOON + HOUR)
    assert captures.observation_of(capture) == replace(reported.detection.observation, seen_at=NOON + HOUR)


def test_a_correction_of_the_clock_holds_for_what_came_before(session: Session) -> None:
    gate = factories.device(session, factories.school(session))
    earlier = Earlier(seen_at=NOON, channel=Channel.MESSAGE, direction=Direction.SHOWN, app="chat", text="hi")
    capture = captures.of_report(
        report(before=[earlier]), gate, content_sha256="", seen_at=NOON + HOUR, received_at=NOON + HOUR
    )
    assert capture.before[0]["seen_at"] == (NOON + HOUR).isoformat()


def test_a_capture_is_found_by_id_within_its_school_only(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    made = factories.capture(session, factories.incident(session, oak), factories.device(session, oak))
    assert captures.by_id(session, oak.id, "obs-1", wait=True) is made
    assert captures.by_id(session, elm.id, "obs-1") is None


@pytest.mark.parametrize(
    ("now", "stood", "expected"),
    [
        (Direction.WRITTEN, Direction.SHOWN, True),
        (Direction.WRITTEN, Direction.SENT_BY_PAGE, True),
        (Direction.WRITTEN, Direction.WRITTEN, False),
        (Direction.SHOWN, Direction.WRITTEN, False),
        (Direction.SHOWN, Direction.SHOWN, False),
    ],
)
def test_only_written_words_take_over(session: Session, now: str, stood: str, expected: bool) -> None:
    oak = factories.school(session)
    incident, gate = factories.incident(session, oak), factories.device(session, oak)
    new = factories.capture(session, incident, gate, id="new", direction=now)
    shown = factories.capture(session, incident, gate, id="shown", direction=stood)
    assert captures.takes_over(new, shown) == expected
