"""A detection becomes the fields that docs/wire.md shows, in UTC, and a phrase's rules stay in the library."""

from datetime import datetime, timedelta, timezone

import pytest

from detection.grading import Earlier
from detection.observation import Channel, Direction, Mark, PersonRole, Subject
from detection.wire_writing import detection_fields, earlier_fields, match_fields, opinion_fields, subject_fields, utc
from tests.detection.factories import NOW, detection, match, observation, phrase


def test_each_field_is_as_the_contract_names_it() -> None:
    fields = detection_fields(detection(observation=observation(marks=frozenset({Mark.PASTED, Mark.DELETED}))))
    assert set(fields) == {
        "observation", "matches", "category", "severity", "score", "role", "reasons", "once", "opinion", "before",
        "library_version", "model_version", "engine_version", "policy_version",
    }  # fmt: skip
    assert fields["observation"]["seen_at"] == "2026-03-02T10:30:00+00:00"
    assert fields["observation"]["marks"] == sorted([Mark.DELETED, Mark.PASTED])


def test_the_rules_of_a_phrase_are_not_written() -> None:
    written = match_fields(match(phrase=phrase(near=("school",), hits=("one",)), written="nobody\x00"))
    assert set(written["phrase"]) == {"id", "text", "category", "severity", "gloss"}
    assert written["written"] == "nobody\ufffd"


def test_of_a_subject_all_is_written_that_is_known() -> None:
    fields = subject_fields(Subject(people=("p-1",), role=PersonRole.PUPIL, group="Year 9", identity_age=12.5))
    assert (fields["people"], fields["role"], fields["group"], fields["identity_age"]) == (
        ["p-1"],
        "pupil",
        "Year 9",
        12.5,
    )


def test_where_there_is_no_second_opinion_nothing_stands_for_it() -> None:
    assert opinion_fields(None) is None


def test_what_was_said_before_is_written_with_when_and_where() -> None:
    before = Earlier(seen_at=NOW, channel=Channel.PAGE, direction=Direction.SHOWN, app="a", text="see\ud800 you")
    assert earlier_fields(before) == {
        "seen_at": "2026-03-02T10:30:00+00:00",
        "channel": "page",
        "direction": "shown",
        "app": "a",
        "text": "see\ufffd you",
    }


def test_a_time_is_written_as_utc_and_never_without_a_zone() -> None:
    assert utc(NOW.astimezone(timezone(timedelta(hours=5)))) == "2026-03-02T10:30:00+00:00"
    with pytest.raises(ValueError, match="zone"):
        utc(datetime(2026, 3, 2))  # noqa: DTZ001
