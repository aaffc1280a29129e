"""A stored capture is derived again, with what was known of the person then, or it is said what differs."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance import reproduction
from appliance.detected_differences import Difference
from appliance.models import Capture, Device
from appliance.recorded import Recorded, recorded
from appliance.reproduction import Reproduction, Source
from detection.canary import Canary, token
from detection.detector import Detector
from detection.har import Exchange
from detection.library import Category
from detection.observation import Channel, Direction, Mark
from detection.recent import Recent
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.recordings import filed, observation, posted, stored
from tests.detection.libraries import a, library

LIBRARY = library(a("go away", severity=4), a("get lost", severity=2))
TEXT = "you go away and get lost"
OTHERWISE = "the recorded bytes say otherwise"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def gate(session: Session) -> Device:
    return factories.device(session, factories.school(session))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def sensor() -> Detector:
    """With a memory, as sensors have one."""
    return Detector(LIBRARY, Recent())


def again(session: Session, capture: Capture, vault: Vault, detects: Any = None) -> Reproduction:
    return reproduction.reproduce(session, capture, detects or Detector(LIBRARY), recorded(capture, vault))


@pytest.fixture
def capture(session: Session, gate: Device, vault: Vault, sensor: Detector) -> Capture:
    return filed(session, gate, sensor, observation(TEXT), vault, posted(TEXT))


def test_what_its_bytes_say_is_detected_again(session: Session, capture: Capture, vault: Vault) -> None:
    made = again(session, capture, vault)
    assert (made.source, made.why_text, made.differences) == (Source.BYTES, "", ())
    assert made.derived == made.stored


def test_another_library_makes_a_difference_that_is_said(session: Session, capture: Capture, vault: Vault) -> None:
    other = library(a("go away", severity=3))
    made = again(session, capture, vault, Detector(other))
    said = {(each.field, each.stored, each.derived) for each in made.differences}
    assert ("severity", "4", "3") in said
    assert ("library_version", LIBRARY.version, other.version) in said
    assert ("match", "en.bullying.get-lost (bullying 2) at 16 to 24", "not found") in said


def test_where_the_phrase_is_gone_nothing_is_raised(session: Session, capture: Capture, vault: Vault) -> None:
    made = again(session, capture, vault, Detector(library(a("quite another"))))
    assert made.derived is None
    assert made.differences == (Difference(field="detection", stored="bullying 4", derived="nothing is raised"),)


@pytest.mark.parametrize(
    ("exchange", "why"),
    [
        (None, "Nothing was recorded beside the text."),
        (posted("", request_type="application/pdf", request_body=b"", truncated=True), "Policy kept no bytes of it."),
        (posted("hello", truncated=True), "It is not in that part of the message which was recorded."),
    ],
)
def test_without_its_bytes_the_text_does_and_it_is_said(
    session: Session, gate: Device, vault: Vault, sensor: Detector, exchange: Exchange | None, why: str
) -> None:
    capture = filed(session, gate, sensor, observation(TEXT), vault, *([exchange] if exchange else []))
    made = again(session, capture, vault)
    assert (made.source, made.why_text, made.differences) == (Source.TEXT, why, ())


def test_a_secret_that_was_not_kept_is_taken_from_the_text(
    session: Session, gate: Device, vault: Vault, sensor: Detector
) -> None:
    text = "go away https://post.example/x?token=s3cr3t4you now"
    coded = posted("", request_body=b"text=go+away+https://post.example/x%3Ftoken%3Ds3cr3t4you+now")
    made = again(session, filed(session, gate, sensor, observation(text), vault, coded), vault)
    assert (made.source, made.differences) == (Source.MASKED_BYTES, ())


def test_bytes_that_do_not_say_it_are_a_difference(
    session: Session, gate: Device, vault: Vault, sensor: Detector
) -> None:
    capture = filed(session, gate, sensor, observation(TEXT), vault, posted("see you at lunch"))
    made = again(session, capture, vault)
    assert made.source is Source.TEXT
    assert made.differences == (Difference(field="text", stored="as stored", derived=OTHERWISE),)


def test_where_it_was_said_is_read_again_too(session: Session, gate: Device, vault: Vault, sensor: Detector) -> None:
    capture = filed(session, gate, sensor, observation(TEXT, app="chat"), vault, posted(TEXT))
    assert again(session, capture, vault).differences == (
        Difference(field="app", stored="as stored", derived=OTHERWISE),
    )


def test_damaged_bytes_are_named_and_the_text_is_graded_all_the_same(
    session: Session, capture: Capture, vault: Vault
) -> None:
    made = reproduction.reproduce(session, capture, Detector(LIBRARY), Recorded(damaged=("ab12",)))
    assert made.source is Source.TEXT
    assert made.differences == (Difference(field="evidence", stored="ab12", derived="damaged in the vault"),)


def test_a_row_that_was_changed_is_told_beside_what_it_changes(
    session: Session, capture: Capture, vault: Vault
) -> None:
    capture.severity = 1
    fields = [each.field for each in again(session, capture, vault).differences]
    assert fields == ["record", "severity"]


def test_what_was_withheld_is_held_against_its_entry_alone(session: Session, capture: Capture) -> None:
    made = reproduction.withheld(session, capture)
    assert (made.source, made.derived, made.differences) == (Source.WITHHELD, None, ())
    capture.severity = 1
    assert [each.field for each in reproduction.withheld(session, capture).differences] == ["record"]


def test_what_somebody_had_written_before_counts_as_it_did_for_the_sensor(
    session: Session, gate: Device, vault: Vault, sensor: Detector
) -> None:
    filed(session, gate, sensor, observation("you get lost"), vault)
    page = observation(
        "the band go away", "c2", channel=Channel.PAGE, direction=Direction.SHOWN, seen_at=NOON + MINUTE,
        reported_at=NOON + MINUTE,
    )  # fmt: skip
    capture = filed(session, gate, sensor, page, vault)
    alone = Detector(LIBRARY).detect(page)
    assert alone is not None
    assert alone.severity < capture.severity
    assert again(session, capture, vault).differences == ()


def test_a_sensor_that_was_started_anew_in_between_had_forgotten_it(
    session: Session, gate: Device, vault: Vault, sensor: Detector
) -> None:
    filed(session, gate, sensor, observation("you get lost"), vault)
    page = observation("the band go away", "c2", channel=Channel.PAGE, direction=Direction.SHOWN)
    capture = filed(session, gate, sensor.afresh(Recent()), page, vault)
    assert again(session, capture, vault).differences == ()


@pytest.mark.parametrize("conversation", ["room-1", "room-2"])
def test_a_phrase_begun_in_the_message_before_is_found_again(
    session: Session, gate: Device, vault: Vault, sensor: Detector, conversation: str
) -> None:
    """And one that was not begun there, because that was another room, is none."""
    said = {"channel": Channel.MESSAGE, "conversation": "room-1"}
    sensor.detect(observation("please go", "c1", **said | {"conversation": conversation}))
    at = NOON + MINUTE
    capture = filed(
        session, gate, sensor, observation("away or get lost", "c2", seen_at=at, reported_at=at, **said), vault
    )
    assert len(capture.matches) == (2 if conversation == "room-1" else 1)
    assert again(session, capture, vault).differences == ()


@pytest.mark.parametrize(("text", "marks"), [("helpline for i kill myself", ["help-seeking"]), ("kill myself", [])])
def test_a_mark_that_detection_gives_is_derived_and_not_taken_over(
    session: Session, gate: Device, vault: Vault, text: str, marks: list[str]
) -> None:
    grave = Detector(library(a("kill myself", Category.SUICIDE, 4)))
    seen = observation(text, channel=Channel.SEARCH)
    capture = filed(session, gate, grave, seen, vault)
    assert capture.marks == marks
    assert again(session, capture, vault, grave).differences == ()
    capture.marks = [Mark.HELP_SEEKING]
    assert ("marks" in {each.field for each in again(session, capture, vault, grave).differences}) is not bool(marks)


def test_a_test_of_the_system_is_made_again_by_its_key(session: Session, gate: Device, vault: Vault) -> None:
    key = b"k" * 32
    seen = observation(f"gatehouse canary {token(key, NOON)}")
    detection = Canary(key).detection(seen, LIBRARY.version)
    assert detection is not None
    capture = stored(session, gate, detection, vault)
    assert again(session, capture, vault, Canary(key)).differences == ()
    assert again(session, capture, vault, Canary(b"o" * 32)).derived is None
