import pytest

from detection.ages import YOUNGEST, band_of, by_age
from detection.library import Category
from detection.observation import AgeBand, PersonRole, Subject


@pytest.mark.parametrize(
    ("subject", "band"),
    [
        (Subject(age_band=AgeBand.SIXTH_FORM), AgeBand.SIXTH_FORM),
        (Subject(age_band=AgeBand.UNKNOWN), YOUNGEST),
        (Subject(role=PersonRole.STAFF), AgeBand.ADULT),
        (Subject(role=PersonRole.UNKNOWN, age_band=AgeBand.PRIMARY), AgeBand.PRIMARY),
    ],
)
def test_staff_are_adults_and_the_unknown_count_as_the_youngest(subject: Subject, band: AgeBand) -> None:
    assert band_of(subject) is band


def test_a_primary_school_has_younger_unknowns() -> None:
    assert band_of(Subject(), youngest=AgeBand.PRIMARY) is AgeBand.PRIMARY


@pytest.mark.parametrize(
    ("category", "band", "severity", "expected"),
    [
        (Category.DRUGS, AgeBand.PRIMARY, 3, 4),
        (Category.DRUGS, AgeBand.SECONDARY, 3, 3),
        (Category.DRUGS, AgeBand.SIXTH_FORM, 3, 2),
        (Category.DRUGS, AgeBand.SIXTH_FORM, 1, 1),
        (Category.GROOMING, AgeBand.PRIMARY, 4, 4),
        (Category.GROOMING, AgeBand.PRIMARY, 5, 5),
        (Category.SUICIDE, AgeBand.PRIMARY, 4, 4),
        (Category.SUICIDE, AgeBand.ADULT, 5, 5),
        (Category.BULLYING, AgeBand.ADULT, 3, 2),
    ],
)
def test_the_same_words_weigh_differently_at_another_age(
    category: Category, band: AgeBand, severity: int, expected: int
) -> None:
    moved, reason = by_age(category, band, severity)
    assert moved == expected
    assert bool(reason) is (moved != severity)
