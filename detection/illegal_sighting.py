"""What is known of listed content that passed: who, when and where, sealed; never what it is or looks like."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from detection.categories import ConcernRole
from detection.filter_tests import said_of
from detection.grading import ENGINE_VERSION, POLICY_VERSION, Detection
from detection.helplines import host_of
from detection.illegal_lists import Hit
from detection.library import Category
from detection.observation import Channel, Direction, Mark, Observation, Subject
from detection.sealed_address import seal
from detection.sealing import Sealer

SEVERITY = 5
_KEPT = (
    "Kept are who, when, and the address, sealed: no picture, no page and no words of it. "
    "Do not open the address or ask anybody to; report it to the police or the list's keeper."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    subject: Subject
    seen_at: datetime
    address: str
    direction: Direction
    """Written: the person's window went there. Sent by a page: something fetched it. Shown: a file came."""
    hit: Hit
    id: str = field(default_factory=lambda: uuid4().hex)
    marks: frozenset[Mark] = frozenset()


def observation_of(sighting: Sighting, sealer: Sealer) -> Observation:
    """Without the host, which would say what is sealed."""
    what = "A file" if sighting.hit.is_file else "An address"
    how = "was received" if sighting.hit.is_file else "was asked for"
    return Observation(
        id=sighting.id,
        seen_at=sighting.seen_at,
        reported_at=sighting.seen_at,
        subject=sighting.subject,
        channel=Channel.URL,
        direction=sighting.direction,
        app="",
        location=seal(sighting.address, sealer),
        text=f"{what} that stands on the list “{sighting.hit.list_name}” {how}.",
        marks=sighting.marks | {Mark.WITHHELD},
    )


def detection_of(observation: Observation, sighting: Sighting, library_version: str) -> Detection:
    """``observation`` is that of the sighting."""
    hit = sighting.hit
    own = observation.direction is Direction.WRITTEN
    return Detection(
        observation=observation,
        matches=(),
        category=Category.ILLEGAL,
        severity=SEVERITY,
        score=1.0,
        role=ConcernRole.CONDUCT if own else ConcernRole.EXPOSED,
        reasons=(
            f"It stands on the list “{hit.list_name}”, {hit.edition}.",
            _how(observation.direction),
            *said_of(host_of(sighting.address)),
            _KEPT,
        ),
        once=_once(observation, hit),
        library_version=library_version,
        engine_version=ENGINE_VERSION,
        policy_version=POLICY_VERSION,
    )


def _how(direction: Direction) -> str:
    return {
        Direction.WRITTEN: "The person's own window or app went there.",
        Direction.SENT_BY_PAGE: "A page or app fetched it by itself; the person may not have asked for it.",
        Direction.SHOWN: "The file itself came through; the person may not have asked for it.",
    }[direction]


def _once(observation: Observation, hit: Hit) -> str:
    """A listed site is one thing, however many requests its pages make."""
    parts = (observation.subject.key, "illegal", hit.entry)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
