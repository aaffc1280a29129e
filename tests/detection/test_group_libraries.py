"""What a group's library says otherwise than the school's is enough to make it again, and to name it."""

from dataclasses import replace

import pytest

from detection.group_libraries import Difference, applied, difference, edition, version
from detection.library import Library
from tests.detection.libraries import a, library

AWAY, LOST = a("go away"), a("get lost")
SCHOOL = replace(library(AWAY, LOST), words={"en.animal": ("giraffe",)})
GRAVER, OWN = replace(AWAY, severity=5), a("purple giraffe", near=("@animal",))


@pytest.mark.parametrize(
    ("phrases", "differs"),
    [
        ((AWAY, LOST), Difference()),
        ((LOST,), Difference(frozenset({AWAY.id}))),
        ((GRAVER, LOST), Difference(phrases=(GRAVER,))),
        ((AWAY, LOST, OWN), Difference(phrases=(OWN,))),
        ((GRAVER, OWN), Difference(frozenset({LOST.id}), (GRAVER, OWN))),
        ((), Difference(frozenset({AWAY.id, LOST.id}))),
    ],
    ids=["the same", "ignored", "graded otherwise", "its own", "all of it", "nothing left"],
)
def test_the_difference_makes_the_groups_library_again(phrases: tuple, differs: Difference) -> None:  # type: ignore[type-arg]
    group = Library(phrases, SCHOOL.words)
    assert difference(SCHOOL, group) == differs
    assert applied(SCHOOL, differs).version == group.version


def test_a_version_changes_with_the_schools_library_and_with_what_differs() -> None:
    some = [Difference(), Difference(frozenset({AWAY.id})), Difference(phrases=(GRAVER,)), Difference(phrases=(OWN,))]
    versions = {version(school, each) for school in (SCHOOL, library(LOST)) for each in some}
    assert len(versions) == 8
    assert {len(each) for each in versions} == {len(SCHOOL.version)}


def test_a_group_that_does_not_differ_has_the_schools_version() -> None:
    assert version(SCHOOL, Difference()) == SCHOOL.version


def test_an_edition_changes_with_any_group_and_is_the_librarys_version_without_one() -> None:
    own = Difference(phrases=(OWN,))
    editions = {edition(SCHOOL, groups) for groups in ({}, {"Year 12": own}, {"staff": own}, {"Year 12": Difference()})}
    assert len(editions) == 4
    assert edition(SCHOOL, {}) == SCHOOL.version
