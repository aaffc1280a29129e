import pytest

from detection.categories import ConcernRole
from detection.grading import Detection, grade, once_key
from detection.library import Category, Voice
from detection.matcher import Matcher
from detection.observation import AgeBand, Channel, Direction, Mark, Observation, PersonRole, Subject
from detection.opinion import Opinion
from tests.detection.factories import observation
from tests.detection.libraries import a, library
from tests.detection.shipped import shipped_matcher

KNOWN = Matcher(
    library(
        a("nobody likes you"),
        a("smoke weed", Category.DRUGS, 3),
        a("bring a knife", Category.VIOLENCE, 5, voice=Voice.AIMED),
        a("want to die", Category.SUICIDE, 4),
        a("our secret", Category.GROOMING, 3),
        a("my postcode is", Category.PERSONAL_INFORMATION, 2),
        a("have a cigarette", Category.DRUGS, 2, ages=("4-10", "11-16")),
    )
)


def graded(seen: Observation) -> Detection | None:
    return grade(seen, KNOWN.find(seen.text), library_version="v1")


def found(**changes: object) -> Detection:
    detection = graded(observation(**changes))
    assert detection is not None
    return detection


def test_nothing_found_is_no_detection() -> None:
    assert graded(observation(text="see you at lunch")) is None


def test_the_gravest_match_leads_and_the_others_are_counted() -> None:
    detection = found(text="nobody likes you. i will bring a knife and we smoke weed")
    assert detection.category is Category.VIOLENCE
    assert detection.severity == 5
    assert detection.matches[0].phrase.category is Category.VIOLENCE
    assert len(detection.matches) == 3
    assert any(reason.startswith("2 more phrases of the library found with it") for reason in detection.reasons)


def test_the_passage_of_the_second_opinion_is_no_phrase_of_the_library() -> None:
    seen = observation(text="we smoke weed and nobody likes you")
    opinion = Opinion(category=Category.SELF_HARM, probability=0.9, start=0, end=13, version="m1")
    detection = grade(seen, KNOWN.find(seen.text), library_version="v1", opinion=opinion)
    assert detection is not None
    assert len(detection.matches) == 3
    assert "1 more phrase of the library found with it, under bullying, drugs." in detection.reasons


def test_a_match_that_context_lowers_does_not_lead() -> None:
    detection = found(text="i would never bring a knife" + " or so he says" * 30 + ". i want to die")
    assert detection.category is Category.SUICIDE


def test_versions_travel_with_it() -> None:
    detection = found()
    assert detection.library_version == "v1"
    assert detection.engine_version
    assert detection.policy_version


@pytest.mark.parametrize(
    ("changes", "role", "reason"),
    [
        ({"text": "i want to die"}, ConcernRole.AT_RISK, "may be at risk"),
        ({"text": "nobody likes you"}, ConcernRole.MAY_HARM, "may be harming someone else"),
        ({"text": "we smoke weed"}, ConcernRole.CONDUCT, "conduct"),
        ({"text": "nobody likes you", "direction": Direction.SHOWN}, ConcernRole.AT_RISK, "its target"),
        ({"text": "it is our secret", "direction": Direction.SHOWN}, ConcernRole.AT_RISK, "its target"),
        ({"text": "we smoke weed", "direction": Direction.SHOWN}, ConcernRole.EXPOSED, "only exposed"),
        (
            {"text": "nobody likes you", "direction": Direction.SHOWN, "channel": Channel.PAGE},
            ConcernRole.EXPOSED,
            "only exposed",
        ),
    ],
)
def test_the_person_s_part_in_it_is_named(changes: dict[str, object], role: ConcernRole, reason: str) -> None:
    detection = found(**changes)
    assert detection.role is role
    assert reason in detection.reasons[-1]


@pytest.mark.parametrize(
    ("band", "counts"),
    [
        (AgeBand.PRIMARY, True),
        (AgeBand.SECONDARY, True),
        (AgeBand.SIXTH_FORM, False),
        (AgeBand.ADULT, False),
        (AgeBand.UNKNOWN, True),
    ],
)
def test_a_phrase_for_some_ages_is_found_only_in_them(band: AgeBand, counts: bool) -> None:
    seen = observation(text="have a cigarette", subject=Subject(people=("p-1",), age_band=band))
    assert (graded(seen) is not None) is counts


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"direction": Direction.SHOWN, "channel": Channel.PAGE}, False),
        ({"direction": Direction.SHOWN}, False),
        ({"direction": Direction.SENT_BY_PAGE}, False),
        ({"subject": Subject(role=PersonRole.STAFF)}, False),
        ({"subject": Subject(role=PersonRole.UNKNOWN)}, True),
    ],
)
def test_what_is_given_away_of_oneself_counts_only_in_what_a_pupil_writes(
    changes: dict[str, object], counts: bool
) -> None:
    seen = observation(text="my postcode is ab1", **changes)
    reads = Opinion(category=Category.PERSONAL_INFORMATION, probability=1.0, start=0, end=5, version="m1")
    assert (grade(seen, KNOWN.find(seen.text), library_version="v1") is not None) is counts
    assert (grade(seen, [], library_version="v1", opinion=reads) is not None) is counts


def test_asking_for_help_is_marked_and_own_danger_not_lowered() -> None:
    detection = found(text="i want to die, who can i talk to?", marks=frozenset({Mark.PASTED}))
    assert detection.observation.marks == {Mark.PASTED, Mark.HELP_SEEKING}
    assert detection.severity == 4


def test_a_page_about_help_is_not_the_person_asking() -> None:
    detection = found(text="people who want to die: how to get help", direction=Direction.SHOWN)
    assert Mark.HELP_SEEKING not in detection.observation.marks


def test_the_score_ranks_within_a_severity_and_never_against_it() -> None:
    low = found(text="we smoke weed")
    more = found(text="we smoke weed and it is our secret")
    high = found(text="i want to die")
    assert 0 < low.score < more.score < high.score < 1
    assert low.severity == more.severity == 3


SENTENCE = "Well. Nobody likes YOU, go away! Bye."


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"text": "nobody likes you — go away"}, True),
        ({"channel": Channel.POST}, True),
        ({"direction": Direction.SHOWN}, True),
        ({"app": "other.example"}, True),
        ({"conversation": "room-8"}, False),
        ({"conversation": ""}, False),
        ({"subject": Subject(people=("p-18",))}, False),
        ({"text": "nobody likes you, come back"}, False),
    ],
)
def test_the_same_sentence_of_one_person_in_one_conversation_is_one(changes: dict[str, object], same: bool) -> None:
    one = found(text=SENTENCE)
    assert (found(**{"text": SENTENCE, **changes}).once == one.once) is same


def test_without_a_conversation_the_app_stands_for_it() -> None:
    keys = {app: found(text=SENTENCE, conversation="", app=app).once for app in ("a.example", "b.example")}
    assert keys["a.example"] != keys["b.example"]


def test_a_lone_surrogate_does_not_stop_the_key() -> None:
    seen = observation(text="nobody likes you \ud800", conversation="\udfff")
    assert len(once_key(seen, KNOWN.find(seen.text)[0])) == 64


INNOCENT = (
    "I am gay",
    "she came out as trans to her mum",
    "my friend is Muslim and fasts for Ramadan",
    "we are Jewish",
    "they are non-binary and use they/them",
    "I am autistic and have ADHD",
    "my sister has depression and anxiety",
    "I take antidepressants",
    "black lives matter",
    "Roma and Traveller history month",
    "I have a disability",
    "is it normal to be bisexual",
    "call Childline on 0800 1111",
    "text SHOUT to 85258",
    "Samaritans 116 123 are there day and night",
    "CEOP report button",
    "Papyrus HOPELINE247",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_identity_faith_sexuality_health_and_helplines_are_never_found(text: str) -> None:
    assert shipped_matcher().find(text) == []


@pytest.mark.parametrize(
    ("text", "severity"), [("turban", 0), ("panic attacks", 0), ("am i gay", 0), ("they wear a turban, get them", 3)]
)
def test_nor_does_the_second_opinion_raise_them_by_themselves(text: str, severity: int) -> None:
    reads = Opinion(category=Category.DISCRIMINATION, probability=0.999, start=0, end=len(text), version="m1")
    detection = grade(observation(text=text), [], library_version="1", opinion=reads)
    assert (detection.severity if detection else 0) == severity


@pytest.mark.parametrize("text", INNOCENT)
def test_and_never_raise_what_stands_beside_them(text: str) -> None:
    plain, beside = found(text="nobody likes you"), found(text=f"nobody likes you. {text}")
    assert beside.severity <= plain.severity
    assert beside.score <= plain.score
