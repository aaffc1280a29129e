"""Groups share the large automatons: only what differs is built for each."""

from dataclasses import replace

import pytest

from detection import matcher
from detection.group_libraries import Difference, Groups, version
from detection.group_matchers import GroupMatchers
from detection.library import Library
from detection.matcher import MOST_APART
from tests.detection.libraries import a, library

AWAY, LOST, OWN = a("go away"), a("get lost"), a("purple giraffe")
SCHOOL = library(AWAY, LOST)
GROUPS: Groups = {
    "Year 12": Difference(frozenset({AWAY.id}), (OWN,)),
    "staff": Difference(phrases=(replace(LOST, severity=1),)),
}
TEXT = "go away, get lost, purple giraffe"


def found(matchers: GroupMatchers, group: str) -> list[tuple[str, int]]:
    return [(match.phrase.text, match.phrase.severity) for match in matchers.of(group).matcher.find(TEXT)]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many phrases each automaton was built for since."""
    sizes: list[int] = []
    real = matcher._Part

    def part(known: Library) -> object:
        sizes.append(len(known.phrases))
        return real(known)

    monkeypatch.setattr(matcher, "_Part", part)
    return sizes


@pytest.mark.parametrize(
    ("group", "wanted"),
    [
        ("Year 12", [("get lost", 3), ("purple giraffe", 3)]),
        ("staff", [("go away", 3), ("get lost", 1)]),
        ("Year 9", [("go away", 3), ("get lost", 3)]),
        ("", [("go away", 3), ("get lost", 3)]),
    ],
)
def test_each_group_finds_what_its_library_says(group: str, wanted: list[tuple[str, int]]) -> None:
    matchers = GroupMatchers(SCHOOL, GROUPS)
    assert found(matchers, group) == wanted
    assert found(GroupMatchers(library(OWN), {}).adapted(SCHOOL, GROUPS), group) == wanted
    assert matchers.of(group).version == version(SCHOOL, GROUPS.get(group, Difference()))


def test_only_what_differs_is_built_for_a_group(built: list[int]) -> None:
    matchers = GroupMatchers(SCHOOL, GROUPS)
    assert sorted(built) == [1, 1, 2]
    built.clear()
    matchers.adapted(SCHOOL, {"Year 9": Difference(phrases=(OWN,))})
    assert built == [1]


def many(name: str) -> tuple[Library, Difference]:
    """Most of what may be looked for apart, for a school and for one of its groups."""
    words = [f"{name} {letter}{other}giraffe" for letter in "bcdfghjklm" for other in "abcdefghij"][: MOST_APART - 10]
    school, group = (tuple(a(f"{word} {which}") for word in words) for which in ("one", "two"))
    return library(*SCHOOL.phrases, *school), Difference(phrases=group)


def test_where_school_and_group_together_differ_too_much_the_large_one_is_built_once(built: list[int]) -> None:
    matchers = GroupMatchers(SCHOOL, {})
    built.clear()
    school, group = many("purple")
    adapted = matchers.adapted(school, {"Year 12": group, "Year 13": group})
    assert built == [len(school.phrases), len(group.phrases), len(group.phrases)]
    assert adapted.of("Year 12").matcher.find("a purple badgiraffe two") == []
    assert adapted.of("Year 12").matcher.find("a purple bagiraffe two")
    assert adapted.of("").matcher.find("a purple bagiraffe one")
