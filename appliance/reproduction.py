"""Derive a stored capture again, from its recorded bytes where they were kept, and hold the two against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import captures, verification
from appliance.detected_differences import Difference, compared
from appliance.detected_fields import Fields, fields_of, stated
from appliance.models import Capture
from appliance.recorded import Recorded
from detection.canary import Canary
from detection.detector import Detector
from detection.grading import Detection
from detection.library import Category
from detection.observation import Channel, Direction, Mark, Observation
from detection.recent import SOUGHT
from detection.rereading import Reading, Reread, reread

GIVEN = frozenset({Mark.HELP_SEEKING})
"""Marks that detection gives, and no sensor."""


class Source(StrEnum):
    """What it was derived from."""

    BYTES = "bytes"
    MASKED_BYTES = "masked-bytes"
    """The bytes say its text but for secrets that were not kept; these were taken from the text."""
    TEXT = "text"
    WITHHELD = "withheld"
    """by policy: neither bytes nor words were ever kept"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    capture_id: str
    source: Source
    why_text: str = ""
    """In words, why not from bytes."""
    stored: Fields
    derived: Fields | None = None
    """None where nothing is raised any more, and where nothing was derived."""
    differences: tuple[Difference, ...] = ()


_TEXT_BECAUSE = {
    Reading.TYPED: "It was typed letter by letter over several messages, of which the last was recorded.",
    Reading.NOTHING: "Policy kept no bytes of it.",
    Reading.UNKEPT: "It is not in what policy keeps: a page's programs and parts within parts are left out.",
    Reading.CUT: "It is not in that part of the message which was recorded.",
}


def withheld(session: Session, capture: Capture) -> Reproduction:
    """Nothing of it can be derived; but its row can be held against its entry."""
    return Reproduction(
        capture_id=capture.id,
        source=Source.WITHHELD,
        stored=stated(capture),
        differences=tuple(_record(session, capture)),
    )


def reproduce(session: Session, capture: Capture, detects: Detector | Canary, found: Recorded) -> Reproduction:
    """``detects``: with the library and model the capture names; a canary for the mark of a test."""
    stored = captures.observation_of(capture)
    read = reread(found.exchanges, stored) if found.exchanges else None
    source, why_text = _source(read, found)
    said, again = stated(capture), [fields_of(each) for each in _derived(session, capture, detects, stored)]
    differences, derived = min(((compared(said, each), each) for each in again), key=lambda pair: len(pair[0]))
    return Reproduction(
        capture_id=capture.id,
        source=source,
        why_text=why_text,
        stored=said,
        derived=derived,
        differences=(*_record(session, capture), *_recording(found), *_reading(read), *differences),
    )


def _source(read: Reread | None, found: Recorded) -> tuple[Source, str]:
    if read is None:
        return Source.TEXT, found.why_none or "What was recorded is not whole."
    if read.reading is Reading.SAME:
        return Source.BYTES, ""
    if read.reading is Reading.MASKED:
        return Source.MASKED_BYTES, ""
    return Source.TEXT, _TEXT_BECAUSE.get(read.reading, "The recorded bytes do not say it.")


def _derived(
    session: Session, capture: Capture, detects: Detector | Canary, stored: Observation
) -> list[Detection | None]:
    """In each way in which the sensor may have remembered: what somebody sent before may belong to another conversation
    of the app, and a sensor that was started anew knew of nothing."""
    bare = replace(stored, marks=stored.marks - GIVEN)
    if isinstance(detects, Canary):
        # Its token is that of an hour by the sensor's own clock.
        return [detects.detection(replace(bare, seen_at=capture.reported_at), capture.library_version)]
    earlier = tuple(_sent_before(bare, each) for each in capture.before if each["app"] == capture.app)
    memories = product(dict.fromkeys((_sought(session, capture), frozenset[Category]())), dict.fromkeys(((), earlier)))
    return [detects.again(bare, sought, before) for sought, before in memories]


def _sought(session: Session, capture: Capture) -> frozenset[Category]:
    """What the sensor knew of the person then: of which categories they had written something just before."""
    written = select(Capture).where(
        Capture.organisation_id == capture.organisation_id,
        Capture.device_id == capture.device_id,
        Capture.direction == Direction.WRITTEN,
        Capture.reported_at.between(capture.reported_at - SOUGHT, capture.reported_at),
        Capture.id != capture.id,
    )
    key = captures.observation_of(capture).subject.key
    mine = (each for each in session.scalars(written) if captures.observation_of(each).subject.key == key)
    return frozenset(Category(each.category) for each in mine if not {Mark.TEST, Mark.WITHHELD} & set(each.marks))


def _sent_before(one: Observation, earlier: Mapping[str, Any]) -> Observation:
    return replace(
        one,
        seen_at=datetime.fromisoformat(earlier["seen_at"]),
        channel=Channel(earlier["channel"]),
        direction=Direction(earlier["direction"]),
        text=earlier["text"],
    )


def _record(session: Session, capture: Capture) -> list[Difference]:
    fault = verification.fault_of(session, capture)
    return [Difference(field="record", stored=fault, derived="as it was filed")] if fault else []


def _recording(found: Recorded) -> list[Difference]:
    return [Difference(field="evidence", stored=name, derived="damaged in the vault") for name in found.damaged]


def _reading(read: Reread | None) -> list[Difference]:
    if read is None:
        return []
    fields = read.otherwise if read.reading is not Reading.OTHER else ("text",)
    return [Difference(field=name, stored="as stored", derived="the recorded bytes say otherwise") for name in fields]
