"""The shipped phrases against their own sentences, and against ordinary school language."""

from collections import Counter

import pytest

from detection.categories import ConcernRole
from detection.inspection import observe
from detection.library import Category
from detection.library_commands.check import check
from detection.pattern import expand
from tests.detection.shipped import shipped_detector, shipped_library

LIBRARY, DETECTOR = shipped_library(), shipped_detector()
MANY = (
    Category.SUICIDE,
    Category.SELF_HARM,
    Category.BULLYING,
    Category.VIOLENCE,
    Category.GROOMING,
    Category.ABUSE,
)


def test_every_phrase_is_found_in_its_hits_and_in_none_of_its_misses() -> None:
    assert [str(failure) for failure in check(LIBRARY)] == []


def test_every_category_is_covered() -> None:
    counts = Counter(phrase.category for phrase in LIBRARY.phrases)
    assert all(counts[category] >= (20 if category in MANY else 12) for category in Category)


def test_every_phrase_says_what_it_must_not_be_taken_for() -> None:
    assert [phrase.id for phrase in LIBRARY.phrases if not phrase.misses] == []


def test_no_spelling_hides_another_phrase_of_its_category() -> None:
    hidden = [
        phrase.id
        for phrase in LIBRARY.phrases
        if not (phrase.near or phrase.also or phrase.unless or phrase.weight)
        and (found := DETECTOR.detect(observe(expand(phrase.text)[0])))
        and phrase.id not in {match.phrase.id for match in found.matches}
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "category", "at_least"),
    [
        ("im going to end it tonight, ive got the pills, i want to die", Category.SUICIDE, 4),
        ("gonna kill myself tonight", Category.SUICIDE, 5),
        ("i wanna d!e", Category.SUICIDE, 4),
        ("i cut myself again last night", Category.SELF_HARM, 4),
        ("my stepdad hits me", Category.ABUSE, 4),
        ("im meeting a guy i met online on saturday", Category.GROOMING, 5),
        ("dont tell ur mam about us", Category.GROOMING, 4),
        ("he brought a knife to school", Category.VIOLENCE, 5),
        ("ur so ugly nobody likes u", Category.BULLYING, 3),
        ("where can i buy weed", Category.DRUGS, 3),
        ("kill yourself", Category.BULLYING, 3),
    ],
)
def test_grave_sentences_are_graded_gravely(text: str, category: Category, at_least: int) -> None:
    found = DETECTOR.detect(observe(text))
    assert found is not None
    assert found.category is category
    assert found.severity >= at_least


@pytest.mark.parametrize(
    "text",
    [
        "Explain how Shakespeare presents the death of Mercutio.",
        "Why did Lady Macbeth die?",
        "How did the Cold War arms race shape American foreign policy?",
        "Describe what happens when hydrochloric acid is added to limestone.",
        "The cell wall is made of cellulose.",
        "what time is the Arsenal match",
        "Scunthorpe, Penistone and Cockermouth are places in England",
        "the assassination of Archduke Franz Ferdinand",
        "my battery died and I'm dying of hunger",
        "I killed it in my maths test",
        "that exam murdered me",
        "can you help me with my physics homework",
        "we shot a short film about the Blitz",
        "I smashed my personal best on the treadmill",
        "The hurricane destroyed the school and killed twelve people.",
        "drug trials must be double blind",
        "Vaccination protects children against disease.",
        "PSHE: where can young people get help with their mental health?",
        "Anne Frank hid in the annexe",
        "The slave trade and its abolition",
        "What is consent? A lesson for year 9",
        "the dyke burst and the polder flooded",
        "she drew a nude for her A level art portfolio",
        "the striker shoots and scores",
        "bombing raids on Dresden",
    ],
)
def test_ordinary_school_language_is_left_alone(text: str) -> None:
    found = DETECTOR.detect(observe(text, "prompt"))
    assert found is None, found and found.reasons


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("im getting bullied at school", ConcernRole.AT_RISK),
        ("he keeps slapping my bum in the corridor", ConcernRole.AT_RISK),
        ("someone is blackmailing me with a pic", ConcernRole.AT_RISK),
        ("they forced me to steal for them", ConcernRole.AT_RISK),
        ("i stole makeup from boots", ConcernRole.CONDUCT),
        ("bare man jumped me at the bus stop and took my phone", ConcernRole.AT_RISK),
        ("i was bullying a kid and i liked it", ConcernRole.MAY_HARM),
        ("i hit my girlfriend because she lied", ConcernRole.MAY_HARM),
        ("im gonna batter you after school", ConcernRole.MAY_HARM),
    ],
)
def test_who_tells_of_harm_is_told_from_who_does_it(text: str, role: ConcernRole) -> None:
    found = DETECTOR.detect(observe(text, "chat"))
    assert found is not None
    assert found.role is role
