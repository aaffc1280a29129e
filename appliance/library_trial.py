"""What another library would have made of the captures that are stored: each is graded by both, side by side.

A capture in which no phrase counts otherwise stays as it was stored. Where one does, its text is graded afresh by the
library in force and by the one that is tried, so that nothing but the library is different between the two.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from appliance import captures
from appliance.models import Capture, Incident, Organisation
from detection.ages import YOUNGEST
from detection.grading import grade
from detection.library import Category, Library
from detection.matcher import Match, Matcher
from detection.observation import AgeBand, Direction, Mark, Observation
from detection.opinion import Opinion
from detection.recent import Recent

AT_ONCE = 500
"""Rows fetched together: a page's text may be long."""
_NOT_BY_WORDS = frozenset({Mark.TEST, Mark.WITHHELD})
"""The canary, and what stands on a list of illegal content: no phrase raised it, and none lets it fall."""


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    category: str
    severity: int

    def __str__(self) -> str:
        return f"{self.category} {self.severity}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A capture, as far as a trial needs it."""

    observation: Observation
    incident_id: int
    grade: Grade
    opinion: Opinion | None = None
    """The second one, as it was when it was detected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one capture."""

    capture_id: str
    incident_id: int
    now: Grade
    tried: Grade | None
    """None where it would fall away."""
    phrases: frozenset[str] = frozenset()
    """Ids of those found in it that count otherwise."""
    outdated: bool = False
    """The library in force would grade it otherwise than it was graded when it was stored."""


def stored(session: Session, school: Organisation) -> Iterator[Stored]:
    """All of a school's captures of live traffic, the oldest first, repeats among them."""
    wanted = select(Capture).join(Capture.incident).where(Incident.replayed.is_(False))
    wanted = wanted.where(Capture.organisation_id == school.id).order_by(Capture.seen_at, Capture.id)
    needed = load_only(*(getattr(Capture, name) for name in _NEEDED))
    for capture in session.scalars(wanted.options(needed), execution_options={"yield_per": AT_ONCE}):
        yield Stored(
            observation=captures.observation_of(capture),
            incident_id=capture.incident_id,
            grade=Grade(capture.category, capture.severity),
            opinion=captures.opinion_of(capture),
        )


_NEEDED = (
    *("id", "incident_id", "seen_at", "reported_at", "channel", "direction", "app", "location", "conversation"),
    *("author", "lang", "text", "marks", "subject", "opinion", "category", "severity"),
)


class Trial:
    """Of one school, whose captures come the oldest first: what somebody wrote bears on what they are shown next."""

    def __init__(
        self, now: tuple[Matcher, Library], tried: tuple[Matcher, Library], youngest: AgeBand = YOUNGEST
    ) -> None:
        self._now, self._tried = (_Side(matcher, library.version, youngest) for matcher, library in (now, tried))

    def outcome(self, capture: Stored) -> Outcome:
        seen = capture.observation
        if not seen.marks.isdisjoint(_NOT_BY_WORDS):
            return _same(capture)
        found, found_then = self._now.find(seen), self._tried.find(seen)
        phrases = _otherwise(found, found_then)
        now, outdated = capture.grade, False
        tried: Grade | None = now
        if phrases or self._sought_otherwise(seen):
            graded = self._now.grade(seen, found, capture.opinion)
            outdated = graded != capture.grade
            if graded:  # else it is not the change that makes it fall away
                now = graded
                tried = self._tried.grade(seen, found_then, capture.opinion)
        self._now.note(seen, now)
        self._tried.note(seen, tried)
        return replace(_same(capture), now=now, tried=tried, phrases=phrases, outdated=outdated)

    def _sought_otherwise(self, seen: Observation) -> bool:
        return seen.direction is Direction.SHOWN and self._now.sought(seen) != self._tried.sought(seen)


def _same(capture: Stored) -> Outcome:
    id_ = capture.observation.id
    return Outcome(capture_id=id_, incident_id=capture.incident_id, now=capture.grade, tried=capture.grade)


class _Side:
    """One of the two libraries, with what each person sought by it."""

    def __init__(self, matcher: Matcher, version: str, youngest: AgeBand) -> None:
        self._matcher, self._version, self._youngest = matcher, version, youngest
        self._recent = Recent()

    def find(self, seen: Observation) -> list[Match]:
        return self._matcher.find(seen.text)

    def sought(self, seen: Observation) -> frozenset[Category]:
        return self._recent.sought(seen.subject.key, seen.seen_at)

    def grade(self, seen: Observation, found: list[Match], opinion: Opinion | None) -> Grade | None:
        detection = grade(
            seen,
            found,
            library_version=self._version,
            youngest=self._youngest,
            sought=self.sought(seen),
            opinion=opinion,
        )
        return Grade(detection.category, detection.severity) if detection else None

    def note(self, seen: Observation, graded: Grade | None) -> None:
        if graded:
            self._recent.note(seen, Category(graded.category))


_COUNTS = ("severity", "category", "voice", "stage", "channels", "ages", "weight")
"""What of a phrase that was found bears on the grade; a gloss or a test sentence does not."""


def _otherwise(found: Sequence[Match], found_then: Sequence[Match]) -> frozenset[str]:
    """Ids of phrases that stand elsewhere, or for something else."""
    one, other = (Counter(map(_said, matches)) for matches in (found, found_then))
    return frozenset(id_ for id_, _ in (one - other) + (other - one))


def _said(match: Match) -> tuple[str, tuple[object, ...]]:
    return match.phrase.id, (match.start, match.end, *(getattr(match.phrase, name) for name in _COUNTS))
