"""A replay's report as one page that needs nothing but itself: no scripts, nothing from elsewhere, all escaped."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from detection import levels
from detection.categories import AREAS
from detection.grading import Detection
from detection.marked_text import Stretch
from detection.observation import Subject
from proxy_addons.replay import coverage_table
from proxy_addons.replay.drawing_program import Picture
from proxy_addons.replay.replay import Outcome
from proxy_addons.replay.words import stretches

_DECEIVING = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what stands beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Of one capture file: what its part of the report is made of. An Outcome holds far more."""

    file: Path
    sha256: str
    ended: str
    detections: Sequence[Detection]
    read: Mapping[str, int]
    protocols: Sequence[Sequence[str]]
    apps: Sequence[Sequence[str]]


def section(outcome: Outcome, sha256: str) -> Section:
    return Section(
        file=outcome.file,
        sha256=sha256,
        ended=outcome.ended,
        detections=outcome.detections,
        read=outcome.read,
        protocols=coverage_table.rows(outcome.coverage.by_protocol(outcome.unread)),
        apps=coverage_table.rows(outcome.coverage.by_app(outcome.unread)),
    )


def page(
    sections: Sequence[Section],
    pictures: Mapping[str, Picture | str],
    library_version: str,
    mistakes: Sequence[str] = (),
) -> str:
    """``pictures`` by observation, or why there is none; ``mistakes`` are files that could not be read, in words."""
    style = (_TEMPLATES / "report.css").read_text("utf-8")
    return _ENVIRONMENT.get_template("report.html").render(
        style=Markup(style),  # noqa: S704  # our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        sections=sections,
        pictures=pictures,
        library_version=library_version,
        mistakes=mistakes,
        levels=levels.WORDS,
        headings=coverage_table.HEADINGS,
    )


def who(subject: Subject) -> str:
    """References and addresses; a replay knows no names."""
    if subject.people:
        return " or ".join(subject.people)
    place = subject.device or subject.address
    return f"Somebody at {place}" if place else "Somebody unknown"


def tally(detections: Sequence[Detection]) -> str:
    """“1 immediate, 2 low”"""
    numbers = Counter(d.severity for d in detections)
    return ", ".join(f"{numbers[level]:,} {word}" for level, word in levels.WORDS.items() if numbers[level])


def visible(value: object) -> object:
    """With what would turn or hide text spelt out, as in ⟨U+202E⟩. Every expression of the page passes through this."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _DECEIVING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)
    return value


def _words(detection: Detection) -> tuple[Stretch, ...]:
    return stretches(detection.observation.text, ((match.start, match.end) for match in detection.matches))


def _phrases(detection: Detection) -> dict[str, str]:
    """What each means, by its id."""
    return {match.phrase.id: match.phrase.gloss for match in detection.matches}


def _moment(at: datetime) -> str:
    local = at.astimezone(UTC)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M:%S}"


def _data_url(picture: Picture) -> Markup:
    return Markup("data:image/png;base64," + base64.b64encode(picture.png).decode())  # noqa: S704  # base64 alone


_TEMPLATES = Path(__file__).with_name("templates")
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=visible,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {
    "words": _words,
    "phrases": _phrases,
    "moment": _moment,
    "who": who,
    "tally": tally,
    "area": lambda category: AREAS[category].title,
    "data_url": _data_url,
}
