"""Signs of distress, each weak by itself: what makes them count, and what the reviewer is told."""

import pytest

from detection.grading import Detection, grade
from detection.library import Category
from detection.matcher import Matcher
from detection.observation import Direction
from detection.opinion import Opinion
from tests.detection.factories import observation
from tests.detection.libraries import a, library

SIGNS = Matcher(
    library(
        a("so scared", Category.DISTRESS, 2, weight=50),
        a("keep shaking", Category.DISTRESS, 2, weight=50),
        a("my head", Category.DISTRESS, 2, weight=25),
        a("their guide", Category.DRUGS, 2, weight=50),
    )
)


def graded(text: str, probability: float | None, direction: Direction = Direction.WRITTEN) -> Detection | None:
    seen = observation(text=text, direction=direction)
    opinion = None
    if probability is not None:
        opinion = Opinion(category=Category.BULLYING, probability=probability, start=0, end=len(text), version="m1")
    return grade(seen, SIGNS.find(text), library_version="v1", opinion=opinion)


@pytest.mark.parametrize(
    ("text", "probability", "counts"),
    [
        ("i was so scared", None, False),
        ("i was so scared", 0.04, False),
        ("i was so scared", 0.05, True),
        ("my head was full", 0.2, False),
        ("my head and i keep shaking", None, False),
        ("so scared that i keep shaking", None, True),
        ("i read their guide", 0.2, False),
    ],
)
def test_two_signs_count_or_one_that_the_second_opinion_lends_to(
    text: str, probability: float | None, counts: bool
) -> None:
    found = graded(text, probability)
    assert (found.severity if found else 0) == (2 if counts else 0)


def test_what_a_page_says_is_lent_nothing() -> None:
    assert graded("i was so scared", 0.2, Direction.SHOWN) is None


def test_words_for_how_somebody_is_are_lent_nothing() -> None:
    bare = Matcher(library(a("panic attack", Category.DISTRESS, 2, weight=50)))
    seen = observation(text="panic attack symptoms")
    opinion = Opinion(category=Category.DISTRESS, probability=0.2, start=0, end=21, version="m1")
    assert grade(seen, bare.find(seen.text), library_version="v1", opinion=opinion) is None


@pytest.mark.parametrize(
    ("text", "probability", "said"),
    [
        ("so scared that i keep shaking", None, "several signs come together."),
        ("i was so scared", 0.2, "the second opinion finds some concern as well."),
    ],
)
def test_the_reviewer_is_told_why_so_little_counts(text: str, probability: float | None, said: str) -> None:
    found = graded(text, probability)
    assert found
    assert [reason for reason in found.reasons if reason.endswith(said)]


@pytest.mark.parametrize(
    ("category", "probability", "severity"),
    [
        (Category.BULLYING, 0.68, 3),
        (Category.DISCRIMINATION, 0.68, 3),
        (Category.BULLYING, 0.4, None),
        (Category.SUICIDE, 0.68, None),
    ],
)
def test_a_concerned_second_opinion_adds_half_to_a_weak_insult(
    category: Category, probability: float, severity: int | None
) -> None:
    known = Matcher(library(a("such a clown", category, 2, weight=50)))
    text = "such a clown, that one"
    reads = Opinion(category=Category.VIOLENCE, probability=probability, start=0, end=len(text), version="m1")
    seen = observation(text=text)
    detection = grade(seen, known.find(text), library_version="v1", opinion=reads)
    assert (detection and detection.severity) == severity
    assert grade(seen, known.find(text), library_version="v1") is None
