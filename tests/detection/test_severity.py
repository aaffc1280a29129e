from typing import Any

import pytest

from detection.library import Category, Stage, Voice
from detection.matcher import Matcher
from detection.observation import Channel, Direction
from detection.opinion import Opinion, Stance, as_match
from detection.severity import is_firm, weigh
from tests.detection.factories import observation
from tests.detection.libraries import a, library

W, S, P = Direction.WRITTEN, Direction.SHOWN, Direction.SENT_BY_PAGE
KNOWN = Matcher(
    library(
        a("bring a knife", Category.VIOLENCE, 5, voice=Voice.AIMED),
        a("want to die", Category.SUICIDE, 4),
        a("he hits me", Category.ABUSE, 4),
        a("smoke weed", Category.DRUGS, 3),
        a("online casino", Category.GAMBLING, 4),
        a("my postcode is", Category.PERSONAL_INFORMATION, 4),
        a("unblock games", Category.BYPASS, 4),
        a("adult films", Category.PORNOGRAPHY, 4),
        a("get lost", Category.BULLYING, 1),
    )
)


def severity(text: str, direction: Direction = W, channel: Channel = Channel.POST) -> int:
    (match,) = KNOWN.find(text)
    return weigh(observation(text=text, direction=direction, channel=channel), match).severity


@pytest.mark.parametrize(
    ("text", "direction", "channel", "expected"),
    [
        ("bring a knife", W, Channel.POST, 5),
        ("bring a knife", W, Channel.SEARCH, 5),
        ("bring a knife", W, Channel.URL, 2),
        ("bring a knife", W, Channel.FILE_NAME, 2),
        ("bring a knife", W, Channel.DNS, 2),
        ("bring a knife", P, Channel.POST, 2),
        ("bring a knife", S, Channel.MESSAGE, 4),
        ("bring a knife", S, Channel.MAIL, 4),
        ("bring a knife", S, Channel.PAGE, 2),
        ("i want to die", S, Channel.PAGE, 2),
        ("smoke weed", S, Channel.MESSAGE, 2),
        ("smoke weed", S, Channel.PAGE, 1),
        ("get lost", S, Channel.PAGE, 1),
        ("the article says boys bring a knife", S, Channel.PAGE, 1),
    ],
)
def test_who_wrote_it_and_where_it_stood_decide(
    text: str, direction: Direction, channel: Channel, expected: int
) -> None:
    assert severity(text, direction, channel) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im not going to bring a knife", 3),
        ("i dont want to die", 3),
        ("in the film they bring a knife", 4),
        ('the film, the news and my essay say "bring a knife"', 4),
        ("for my essay: i will bring a knife", 5),
        ("in the film and the news i want to die", 4),
        ("how do i help my friend who does smoke weed", 2),
        ("how do i help my friend who says he will want to die", 4),
        ("he hits me, who can i tell", 4),
        ("i want to die how do i get help", 4),
    ],
)
def test_what_surrounds_the_words_lowers_them(text: str, expected: int) -> None:
    assert severity(text) == expected


@pytest.mark.parametrize(
    ("category", "phrase", "expected"),
    [
        (Category.DISCRIMINATION, {}, 2),
        (Category.MISOGYNY, {}, 2),
        (Category.BULLYING, {}, 2),
        (Category.BULLYING, {"stage": Stage.DISCLOSURE}, 4),
        (Category.VIOLENCE, {}, 3),
        (Category.SUICIDE, {"voice": Voice.OWN}, 4),
    ],
)
def test_hate_repeated_to_reject_it_is_lowered_by_two_but_no_disclosure_and_no_danger(
    category: Category, phrase: dict[str, Any], expected: int
) -> None:
    text = "people who say they all stink are wrong"
    (match,) = Matcher(library(a("they all stink", category, 4, **phrase))).find(text)
    assert weigh(observation(text=text), match).severity == expected


@pytest.mark.parametrize("text", ["online casino", "my postcode is AB1", "unblock games", "adult films"])
def test_lesser_areas_never_exceed_two(text: str) -> None:
    assert severity(text) == 2


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("smoke weed", {}, "“smoke weed” is in the library under drugs, severity 3: "),
        ("smoke weed", {"direction": S}, "Shown to the person, not written by them"),
        ("smoke weed", {"direction": P}, "Sent by a page in the person's name"),
        ("smoke weed", {"channel": Channel.URL}, "Found in an address"),
        ("i never smoke weed", {}, "The words are denied"),
        ("in the film they smoke weed", {}, "those of fiction, song or play: lowered by one"),
        ("in the film i smoke weed", {}, "in the first person: not lowered"),
        ("they smoke weed, who can i tell", {}, "asking for help"),
        ("it is wrong to say get lost", {}, "repeated in order to reject them: lowered by two"),
        ("online casino", {}, "Gambling is kept at 2 or lower."),
    ],
)
def test_every_step_says_why(text: str, changes: dict[str, Direction | Channel], reason: str) -> None:
    (match,) = KNOWN.find(text)
    reasons = weigh(observation(text=text, **changes), match).reasons
    assert any(reason in each for each in reasons)
    assert all(each[-1] == "." for each in reasons)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ({}, "they bring a gun", 4),
        ({}, "guns: who would bring a gun", 3),
        ({"voice": Voice.AIMED}, "guns: who would bring a gun", 4),
        ({"stage": Stage.PLAN}, "guns: who would bring a gun", 4),
    ],
)
def test_without_a_person_or_a_plan_three_is_the_most(phrase: dict[str, Any], text: str, expected: int) -> None:
    (match,) = Matcher(library(a("bring a gun", Category.VIOLENCE, 4, **phrase))).find(text)
    assert weigh(observation(text=text), match).severity == expected


@pytest.mark.parametrize(
    ("stage", "sought", "expected"),
    [(Stage.UNSAID, False, 2), (Stage.METHOD, False, 3), (Stage.UNSAID, True, 4)],
)
def test_what_is_only_shown_counts_more_where_it_was_sought_or_says_how(
    stage: Stage, sought: bool, expected: int
) -> None:
    (match,) = Matcher(library(a("how to bleed", Category.SELF_HARM, 5, voice=Voice.OWN, stage=stage))).find(
        "how to bleed"
    )
    seen = observation(text="how to bleed", direction=S, channel=Channel.PAGE)
    wanted = frozenset({Category.SELF_HARM}) if sought else frozenset[Category]()
    assert weigh(seen, match, sought=wanted).severity == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ({"category": Category.VIOLENCE}, 3),
        ({"category": Category.VIOLENCE, "stage": Stage.PLAN}, 4),
        ({"category": Category.SUICIDE, "voice": Voice.OWN}, 4),
    ],
)
def test_a_calm_second_opinion_lowers_by_one_but_no_plan_and_no_wish_to_die(
    phrase: dict[str, Any], expected: int
) -> None:
    (match,) = Matcher(library(a("i will end it", severity=4, **phrase))).find("i will end it")
    assert weigh(observation(text="i will end it"), match, second=Stance.CALM).severity == expected
    assert is_firm(match.phrase) is (expected == 4)


@pytest.mark.parametrize("written", ["sm0ke w33d", "smoke w e e d", "smooooke weed", "ѕmоkе wееd", "smoke&nbsp;weed"])
def test_a_calm_second_opinion_counts_for_nothing_where_it_could_not_read_the_words(written: str) -> None:
    plain, disguised = (KNOWN.find(text)[0] for text in ("smoke weed", written))
    assert weigh(observation(text="smoke weed"), plain, second=Stance.CALM).severity == 2
    assert weigh(observation(text=written), disguised, second=Stance.CALM).severity == 3


@pytest.mark.parametrize(("severity", "expected"), [(1, 1), (2, 3), (3, 3), (4, 4)])
def test_a_concerned_second_opinion_makes_a_3_of_a_2_and_moves_nothing_else(severity: int, expected: int) -> None:
    (match,) = Matcher(library(a("nobody likes you", severity=severity))).find("nobody likes you")
    assert weigh(observation(text="nobody likes you"), match, second=Stance.CONCERNED).severity == expected


def test_what_is_conduct_stays_a_2_whatever_the_second_opinion_says() -> None:
    (match,) = KNOWN.find("unblock games")
    assert weigh(observation(text="unblock games"), match, second=Stance.CONCERNED).severity == 2


def test_the_second_opinion_does_not_confirm_itself() -> None:
    reads = Opinion(category=Category.BULLYING, probability=0.93, start=0, end=16, version="m1")
    seen = observation(text="nobody likes you")
    assert weigh(seen, as_match(reads, seen.text, 2), second=Stance.CONCERNED).severity == 2
