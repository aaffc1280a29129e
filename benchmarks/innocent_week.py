"""A school's week in which nothing happens: how many incidents would wait for the safeguarding lead all the same.

    .venv/bin/python -m benchmarks.innocent_week [--sets FOLDER] [--pupils 1000] [--seed 1] [--most 1500]

Every pupil makes 30 searches, sees 100 pages and sends 60 messages on each of five days, drawn by chance from texts
that are labelled harmless: those of ``--sets`` (JSON lines, as in ``benchmarks.accuracy``; pages are its passages), or
else the project's own sentences, which are near misses throughout and so far worse than any school. What is detected
goes through the sensor's detector with its memory, and is filed by the appliance's own code in a database, so that what
is counted are incidents as the lead would find them. No text is shown.

A text is looked at once for all pupils, by a detector without memory. That loses nothing: what a person did before can
make a detection graver (a page on what they had searched for), lighter or a repeat, but no detection out of none. Each
observation of a text that is detected is then made anew, as its own pupil's at its own time, by one detector with
memory, in the order of time.

What it leaves out: pupils write what they think of, not rows drawn by chance, and the same joke goes round; a page is
one passage, without the twenty other things on it; a text of the sets comes up again and again, each time in the
same wording; and no pupil is of primary age, in the sixth form, or unknown. Labels are other people's: what they call
harmless is not always.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import devices, incidents, organisations, store
from appliance.models import Capture, Device, Incident, Person
from benchmarks.accuracy import Row, open_sets, sentences
from detection import wire
from detection.detector import Detector
from detection.inspection import observe
from detection.library import SHIPPED, load
from detection.model.second_opinion import SecondOpinion
from detection.observation import AgeBand, Observation, PersonRole, Subject
from detection.opinion import Opinion
from detection.recent import Recent

MONDAY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
DAYS = 5
SCHOOL_DAY = timedelta(hours=7)
SHORT = 80
"""Characters of a prompt that might as well be a search."""
LIMITS = {"severity 3 and above": (3, 6), "severity 4 and 5": (4, 1)}
"""From which severity on, and how many incidents a week a thousand pupils may make."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a pupil does so many times a day."""

    name: str
    times: int
    app: str


HABITS = (
    Habit("searches", 30, "search.example"),
    Habit("pages", 100, "pages.example"),
    Habit("messages", 60, "chat.example"),
)
MOST_NAMED = 40
"""Phrases, those that raised most."""
Text = tuple[str, str]
"""The words, and what ``observe`` calls the way they were seen."""
Pools = Mapping[str, Sequence[Text]]


def main() -> int:
    given = _parser().parse_args()
    began = time.monotonic()
    pools = pools_of(open_sets(given.sets, given.most) if given.sets else sentences())
    if empty := [habit.name for habit in HABITS if not pools[habit.name]]:
        sys.exit(f"there is no harmless text for {', '.join(empty)}")
    library, second = load(SHIPPED), None if given.phrases_alone else _Remembering(SecondOpinion())
    alone = Detector(library, second=second)
    raising = {habit: _raising(alone, habit, pools[habit.name]) for habit in HABITS}
    seen = sorted(week(given.pupils, random.Random(given.seed), pools, raising), key=lambda each: each.seen_at)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/week.db"
        store.migrate(url)
        sessions = store.sessions(url)
        with sessions.begin() as session:
            sensor = _school(session, given.pupils)
            _file(session, sensor, Detector(library, Recent(), second), seen)
            print(_drawn(given.pupils, pools, raising, len(seen)))
            within = _measured(session, given.pupils)
            print(_raised(session))
        sessions.kw["bind"].dispose()
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if within else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, metavar="FOLDER")
    parser.add_argument("--pupils", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=1500, help="rows of a set, drawn by chance but always the same")
    parser.add_argument("--phrases-alone", action="store_true")
    return parser


def pools_of(rows: Iterable[tuple[str, Row]]) -> Pools:
    """What searches, pages and messages are drawn from. Rows of which only one category's alarm is known to be wrong
    are left out."""
    pools: dict[str, list[Text]] = defaultdict(list)
    for name, row in rows:
        if row.unsafe or row.wrong != "any" or name.endswith("(written)"):
            continue
        if row.kind == "passage" or name == "sentences/own-work":
            pools["pages"].append((row.text, "passage"))
        elif row.kind == "query" or (row.kind == "prompt" and len(row.text) <= SHORT):
            pools["searches"].append((row.text, "query"))
        elif row.kind in ("chat", "post"):
            pools["messages"].append((row.text, row.kind))
    return pools


class _Remembering:
    """A second reader that reads each text once."""

    def __init__(self, second: SecondOpinion) -> None:
        self.version = second.version
        self._read = cache(second.read)

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion | None:
        return self._read(text, near if near is None else tuple(near))


def _raising(detector: Detector, habit: Habit, pool: Sequence[Text]) -> frozenset[int]:
    """Places in the pool of what is detected at all."""
    return frozenset(place for place, text in enumerate(pool) if detector.detect(_seen(habit, text, 0, MONDAY)))


def week(
    pupils: int, rng: random.Random, pools: Pools, raising: Mapping[Habit, frozenset[int]]
) -> Iterator[Observation]:
    """Of all that is drawn, what is detected at all."""
    for pupil in range(pupils):
        for day in range(DAYS):
            for habit in HABITS:
                pool, worth = pools[habit.name], raising[habit]
                for place in rng.choices(range(len(pool)), k=habit.times):
                    if place in worth:
                        at = MONDAY + timedelta(days=day) + SCHOOL_DAY * rng.random()
                        yield _seen(habit, pool[place], pupil, at, room=rng.randrange(5))


def _seen(habit: Habit, text: Text, pupil: int, at: datetime, room: int = 0) -> Observation:
    words, kind = text
    return replace(
        observe(words, kind),
        seen_at=at,
        reported_at=at,
        subject=Subject(
            organisation="oak",
            people=(f"pupil-{pupil}",),
            role=PersonRole.PUPIL,
            age_band=AgeBand.SECONDARY,
            identity_source="benchmark",
        ),
        app=habit.app,
        location=f"https://{habit.app}/",
        conversation=f"{pupil}-{room}" if kind == "chat" else "",
    )


def _school(session: Session, pupils: int) -> Device:
    school = organisations.add(session, "Oak School", "oak")
    for number in range(pupils):
        session.add(Person(organisation_id=school.id, ref=f"pupil-{number}", name=f"Pupil {number}", role="pupil"))
    return devices.add(session, school, "gate-1", "gateway", MONDAY)[0]


def _file(session: Session, sensor: Device, detector: Detector, seen: Iterable[Observation]) -> None:
    """As the sensor would send it and the appliance take it in, without the network between."""
    for observation in seen:
        if detection := detector.detect(observation):
            at = observation.seen_at
            report = wire.Report(detection=detection)
            incidents.record(session, report, sensor, content_sha256="", seen_at=at, received_at=at)


def _drawn(pupils: int, pools: Pools, raising: Mapping[Habit, frozenset[int]], detected: int) -> str:
    made = [f"{pupils * DAYS * habit.times:,} {habit.name}" for habit in HABITS]
    texts = [f"{len(raising[habit])} of {len(pools[habit.name]):,} {habit.name}" for habit in HABITS]
    return (
        f"{pupils:,} pupils in a week: {', '.join(made)}\n"
        f"different texts in which anything is found: {', '.join(texts)}; drawn {detected:,} times\n"
    )


def _measured(session: Session, pupils: int) -> bool:
    """Whether all is within the limits."""
    print(f"{'incidents in a week':24}{'measured':>10}{'limit':>8}{'ratio':>8}")
    ratios = []
    for name, (severity, of_a_thousand) in LIMITS.items():
        counted = select(func.count()).select_from(Incident).where(Incident.severity >= severity)
        found, limit = session.scalar(counted) or 0, of_a_thousand * pupils / 1000
        ratios.append(found / limit)
        print(f"{name:24}{found:10,}{limit:8g}{ratios[-1]:8.2f}")
    return max(ratios) <= 1


def _raised(session: Session) -> str:
    """What stands behind these incidents: captures at 3 and above, at 4 and 5, and in how many incidents they lie."""
    captures: dict[str, Counter[str]] = defaultdict(Counter)
    grave: Counter[tuple[str, str]] = Counter()
    within: dict[tuple[str, str], set[int]] = defaultdict(set)
    wanted = select(Capture).where(Capture.severity >= 3, Capture.duplicate_of.is_(None))
    for capture in session.scalars(wanted):
        named = {"channel": capture.channel, "category": capture.category, "led by": capture.matches[0]["phrase"]}
        for kind, name in named.items():
            captures[kind][name] += 1
            grave[kind, name] += capture.severity >= 4
            within[kind, name].add(capture.incident_id)
    lines = ["", f"{'captures':48}{'>= 3':>8}{'>= 4':>8}{'incidents':>11}"]
    for kind, counts in captures.items():
        lines.append(kind)
        lines += [
            f"  {name:46}{count:8,}{grave[kind, name]:8,}{len(within[kind, name]):11,}"
            for name, count in counts.most_common(MOST_NAMED)
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
