"""What nobody's opinion, no quotation, no study and no film may take away: own danger, a plan, a disclosure."""

import pytest

from detection.grading import Detection, grade
from detection.inspection import observe
from detection.library import Category
from detection.observation import Mark
from detection.opinion import Opinion
from tests.detection.shipped import shipped_matcher

CALM = Opinion(category=Category.SUICIDE, probability=0.0, start=0, end=1, version="calm")
"""A second reader that finds nothing in anything."""


def found(text: str, kind: str = "chat") -> Detection:
    detection = grade(observe(text, kind), shipped_matcher().find(text), library_version="1", opinion=CALM)
    assert detection is not None
    return detection


@pytest.mark.parametrize(
    "text",
    [
        "i want to die, this film was so sad but i mean it",
        "i want to die. revising for gcse history is making it worse",
        "after that maths lesson i want to kill myself, this is not a joke",
        "for my essay on juliet i read about her but honestly i want to be dead",
        "i hate this song because i want to die and it says so",
        'like the quote says "it gets better" but i want to be dead',
        "my psychology homework is about sadness and i feel suicidal",
        "the documentary on the news made me see that i feel suicidal",
        "in the novel she lives. i wish i was dead",
        "my friend says talk to someone but i want to die",
        "period 3 geography, period 4 i want to kill myself",
        "monday maths, tuesday art, wednesday i want to die",
        "i cut myself last night after the film",
        "i cut my thighs again, it was in the story we read too",
        "the biology chapter on skin. i cut my arms there",
        "i tried to kill myself last year, this article is about that",
        "sorry this poem is about me, i want to end my life",
        "according to the leaflet i should talk, i want to kill myself",
        "i keep thinking about suicide statistics because i want to die",
        "reading romeo and juliet and i want to be dead as well",
    ],
)
def test_own_intent_stays_a_4_whatever_stands_round_it(text: str) -> None:
    assert found(text).severity >= 4


@pytest.mark.parametrize(
    "text",
    [
        "my dad hits me, like in the film we saw",
        "my stepdad touches me at night, it was on the news what that is",
        "this article is about kids like me, my mum hits me",
        "for my pshe homework i wrote that my dad beats me and it is true",
        "my uncle raped me. our lesson on consent was about that",
        "the character in the novel is like me, my dad hits me every night",
        'she said "tell someone", my stepdad hits me',
        "history test tomorrow and my dad hit me again",
        "my brother makes me touch him, i read an article about it",
        "my mum locks me in my room and doesnt feed me, like in matilda the musical",
        "my coach keeps groping me after training, the bbc had a story on one",
        "we did an assembly on it and my grandad does things to me",
    ],
)
def test_a_disclosure_stays_a_4_whatever_stands_round_it(text: str) -> None:
    assert found(text).severity >= 4


@pytest.mark.parametrize(
    "text",
    [
        "ive been saving up my tablets and im doing it on sunday, the film gave me the idea",
        "i have a suicide plan, i wrote it in my english homework book",
        "im going to overdose after school, double science first",
        "after the history exam im going to kill myself on friday",
        'i wrote "sorry mum" in my note and im doing it tonight, ive got the pills',
        "im meeting the man from discord on saturday after my drama lesson, hes 34",
        "hes picking me up after the film on friday, met him on snap, mum doesnt know",
        "im bringing a knife in tomorrow for jake, after the maths test",
        "im gonna shank connor after school",
        "i know exactly how i would kill myself, i saw it in an episode",
    ],
)
def test_a_plan_stays_a_5_whatever_stands_round_it(text: str) -> None:
    assert found(text).severity == 5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to die how do i get help", "query"),
        ("who can i talk to about my stepdad touching me", "query"),
        ("my dad hits me who can i tell", "query"),
        ("childline number i want to kill myself", "query"),
        ("i feel suicidal should i call samaritans", "query"),
        ("kooth feeling suicidal", "query"),
        ("i need help my uncle touches me", "chat"),
        ("how do i tell my mum that i cut myself", "prompt"),
        ("can someone help me i tried to kill myself", "post"),
        ("how do i get help my mum hits me and i have nowhere to go", "prompt"),
    ],
)
def test_asking_for_help_marks_and_takes_neither_abuse_nor_own_intent_below_4(text: str, kind: str) -> None:
    asked = found(text, kind)
    assert asked.severity >= 4
    assert Mark.HELP_SEEKING in asked.observation.marks


@pytest.mark.parametrize(
    "text",
    [
        "the character says she wants to die",
        "in the novel my friend wants to die",
        "my friend wants to die, what should i say to her",
        "the article says he wants to kill himself",
        "for my essay on him: he wants to end his life",
    ],
)
def test_what_stands_round_words_about_others_takes_one_level_at_most(text: str) -> None:
    detection = grade(observe(text, "chat"), shipped_matcher().find(text), library_version="1")
    assert detection is not None
    assert detection.severity >= 3
