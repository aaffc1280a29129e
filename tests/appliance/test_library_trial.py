"""A stored capture is graded by two libraries, and only what differs between them is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance.library_trial import Grade, Outcome, Stored, Trial, stored
from appliance.models import Organisation
from detection import wire_writing
from detection.library import Category, Library
from detection.matcher import Matcher
from detection.observation import Channel, Direction, Mark, Subject
from detection.opinion import Opinion
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.factories import NOW, observation
from tests.detection.libraries import a, library

AWAY, GIRAFFE = a("go away"), a("purple giraffe", severity=2)
NEWS = a("big fight", Category.VIOLENCE, 4)
BULLYING_3 = Grade("bullying", 3)


def trial(now: Library, tried: Library) -> Trial:
    return Trial((Matcher(now), now), (Matcher(tried), tried))


def capture(
    text: str = "you go away", grade: Grade = BULLYING_3, opinion: Opinion | None = None, **seen: Any
) -> Stored:
    return Stored(observation=observation(text=text, **seen), incident_id=7, grade=grade, opinion=opinion)


def opinion(probability: float) -> Opinion:
    return Opinion(category=Category.BULLYING, probability=probability, start=0, end=7, version="m1")


@pytest.mark.parametrize(
    ("tried", "becomes"),
    [
        (library(GIRAFFE), None),
        (library(a("go away", severity=2)), Grade("bullying", 2)),
        (library(a("go away", severity=4)), Grade("bullying", 4)),
        (library(AWAY, a("away", Category.VIOLENCE, 4, channels=("message",))), Grade("violence", 4)),
        (library(a("go away", unless=("holiday",))), BULLYING_3),
    ],
    ids=["ignored", "lowered", "raised", "another leads", "an exception that is not there"],
)
def test_a_capture_falls_away_is_regraded_or_stays(tried: Library, becomes: Grade | None) -> None:
    outcome = trial(library(AWAY, GIRAFFE), tried).outcome(capture())
    assert (outcome.now, outcome.tried, outcome.outdated) == (BULLYING_3, becomes, False)
    assert bool(outcome.phrases) is (becomes != BULLYING_3)


def test_the_phrases_that_count_otherwise_are_named_where_they_were_found() -> None:
    tried = trial(library(AWAY, GIRAFFE), library(a("go away", severity=2), GIRAFFE))
    assert tried.outcome(capture("go away, purple giraffe")).phrases == {AWAY.id}
    assert tried.outcome(capture("purple giraffe")).phrases == frozenset()


def test_another_gloss_or_test_sentence_changes_nothing() -> None:
    tried = library(a("go away", gloss="Told to leave.", hits=("go away",)))
    assert trial(library(AWAY), tried).outcome(capture()).phrases == frozenset()


def test_what_no_changed_phrase_touches_stays_as_it_was_stored() -> None:
    """Whatever an older library, the second opinion or a person's age made of it then."""
    odd = Grade("grooming", 5)
    outcome = trial(library(AWAY), library(GIRAFFE)).outcome(capture("see you at lunch", odd))
    assert outcome == Outcome(capture_id=observation().id, incident_id=7, now=odd, tried=odd)


@pytest.mark.parametrize(
    ("text", "now", "tried"),
    [
        ("you go away", BULLYING_3, None),
        ("purple giraffe", Grade("bullying", 5), Grade("bullying", 5)),
    ],
    ids=["graded otherwise since", "not raised any more"],
)
def test_what_the_library_in_force_grades_otherwise_already_is_told_apart(
    text: str, now: Grade, tried: Grade | None
) -> None:
    old = capture(text, Grade("bullying", 5))
    outcome = trial(library(AWAY), library(a("purple giraffe"))).outcome(old)
    assert (outcome.now, outcome.tried, outcome.outdated) == (now, tried, True)


@pytest.mark.parametrize(
    ("probability", "now", "becomes"),
    [(0.99, 3, BULLYING_3), (0.78, 3, Grade("bullying", 2)), (0.5, 3, None), (0.01, 2, None)],
    ids=["sure", "less sure", "unsure", "calm"],
)
def test_the_second_opinion_that_was_kept_stands_where_the_phrase_is_gone(
    probability: float, now: int, becomes: Grade | None
) -> None:
    outcome = trial(library(AWAY), library(GIRAFFE)).outcome(capture(opinion=opinion(probability)))
    assert (outcome.now.severity, outcome.tried) == (now, becomes)


@pytest.mark.parametrize("mark", [Mark.TEST, Mark.WITHHELD])
def test_what_no_phrase_raised_no_phrase_changes(mark: Mark) -> None:
    """A canary, or listed content."""
    listed = capture(grade=Grade("illegal", 5), marks=frozenset({mark}))
    outcome = trial(library(AWAY), library(GIRAFFE)).outcome(listed)
    assert (outcome.now, outcome.tried, outcome.outdated) == (listed.grade, listed.grade, False)


def test_what_was_shown_counts_less_once_what_was_sought_before_falls_away() -> None:
    now = library(a("big fights", Category.VIOLENCE, 3), NEWS)
    tried = trial(now, library(NEWS))
    searched = capture("big fights near me", Grade("violence", 3), channel=Channel.SEARCH)
    page = {"channel": Channel.PAGE, "direction": Direction.SHOWN, "seen_at": NOW + timedelta(minutes=5)}
    shown = capture("He saw a big fight", Grade("violence", 3), **page)
    assert tried.outcome(searched).tried is None
    outcome = tried.outcome(shown)
    assert (outcome.now.severity, outcome.tried and outcome.tried.severity) == (3, 2)
    assert outcome.phrases == frozenset()


def test_captures_are_read_from_the_store_the_oldest_first_of_one_school_and_live(session: Session) -> None:
    oak, elm = factories.school(session), factories.school(session, "elm")
    for school, ids in ((oak, ("b", "a")), (elm, ("c",))):
        incident, gate = factories.incident(session, school), factories.device(session, school, token=school.slug)
        for minutes, id_ in enumerate(reversed(ids)):
            seen_at = NOON + timedelta(minutes=minutes)
            factories.capture(session, incident, gate, id=id_, seen_at=seen_at)
        factories.capture(session, factories.incident(session, school, replayed=True), gate, id="recording")
    read = list(stored(session, _again(session, oak)))
    assert [(each.observation.id, each.opinion) for each in read] == [("a", None), ("b", None)]
    assert read[0].grade == Grade("distress", 3)
    assert read[0].observation.subject == Subject(people=("p1",))
    assert wire_writing.subject_fields(read[0].observation.subject)["people"] == ["p1"]


def _again(session: Session, school: Organisation) -> Organisation:
    """As another program would find it."""
    session.flush()
    session.expire_all()
    return school
