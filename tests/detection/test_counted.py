import pytest

from detection.counted import counted, counts_for
from detection.library import Category
from detection.matcher import Matcher
from detection.observation import AgeBand, Channel, Direction, PersonRole, Subject
from tests.detection.factories import observation
from tests.detection.libraries import a, library

KNOWN = Matcher(
    library(
        a("have a cigarette", Category.DRUGS, 2, ages=("4-10", "11-16")),
        a("my postcode is", Category.PERSONAL_INFORMATION, 2),
        a("lighter", Category.DRUGS, 2, weight=60),
        a("rolling paper", Category.DRUGS, 2, weight=60),
        a("school gate", Category.DRUGS, 2, channels=(Channel.SEARCH,)),
    )
)


def count(text: str, band: AgeBand = AgeBand.SECONDARY, **changes: object) -> list[str]:
    seen = observation(text=text, **changes)
    return [match.phrase.text for match in counted(KNOWN.find(text), band, seen)]


@pytest.mark.parametrize(("band", "counts"), [(AgeBand.PRIMARY, True), (AgeBand.ADULT, False)])
def test_a_phrase_for_some_ages_counts_only_in_them(band: AgeBand, counts: bool) -> None:
    assert (count("have a cigarette", band) == ["have a cigarette"]) is counts


@pytest.mark.parametrize(("channel", "counts"), [(Channel.SEARCH, True), (Channel.MESSAGE, False)])
def test_a_phrase_for_some_channels_counts_only_there(channel: Channel, counts: bool) -> None:
    assert (count("the school gate", channel=channel) == ["school gate"]) is counts


@pytest.mark.parametrize(
    ("text", "found"),
    [("lighter", 0), ("lighter, lighter", 0), ("lighter and rolling paper", 2), ("lighter, have a cigarette", 1)],
)
def test_weak_phrases_count_where_their_weights_come_to_enough(text: str, found: int) -> None:
    assert len(count(text)) == found


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"direction": Direction.SHOWN}, False),
        ({"subject": Subject(role=PersonRole.STAFF)}, False),
        ({"subject": Subject(role=PersonRole.UNKNOWN)}, True),
    ],
)
def test_what_is_given_away_of_oneself_counts_only_in_what_a_pupil_writes(
    changes: dict[str, object], counts: bool
) -> None:
    text = "my postcode is ab1"
    assert bool(count(text, **changes)) is counts
    assert counts_for(Category.PERSONAL_INFORMATION, observation(text=text, **changes)) is counts
    assert counts_for(Category.DRUGS, observation(text=text, **changes))
