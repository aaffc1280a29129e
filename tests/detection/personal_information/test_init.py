from collections.abc import Sequence

import pytest

from detection.detector import Detector
from detection.inspection import observe
from detection.library import Category
from detection.observation import Channel, Direction, PersonRole, Subject
from detection.personal_information import LONGEST, MOST, PersonalInformation, together
from tests.detection.factories import match, observation, phrase
from tests.detection.libraries import a, library
from tests.detection.shipped import shipped_reader

KNOWN = PersonalInformation(("Hill School",))
ADDRESS = "12 Mill Lane\nLittleton\nAB1 2AB"
MAIL = "Dear shop,\nwhere is it?\n\nKind regards\nJo Bloggs\nmy number: 07700 900123\njo.bloggs@example.org"
SIGNED = "call me on 07700 900123 please\n\nKind regards\nJo"


def kinds(text: str, channel: Channel = Channel.MESSAGE, **changes: object) -> list[str]:
    found = KNOWN.find(observation(text=text, channel=channel, **changes))
    return [match.phrase.id.removeprefix("found.") for match in found]


M, P, Q, E = Channel.MESSAGE, Channel.POST, Channel.PROMPT, Channel.MAIL


@pytest.mark.parametrize(
    ("text", "channels", "kind"),
    [
        ("my number is 07700 900123", (M, P, Q, E), "phone"),
        ("07700 900123", (M,), "phone"),
        ("yeah sure, 07700 900123", (M,), "phone"),
        ("i live at 12 mill lane, ab1 2ab, come over", (M, P, Q, E), "address"),
        (ADDRESS, (M,), "address"),
        ("my email is jo.bloggs@example.org", (M, P, Q, E), "email"),
        ("jo.bloggs@example.org", (M,), "email"),
        ("jo.bloggs@example.org wrote this essay", (), "email"),
        ("my password is hunter2", (M, P, Q, E), "password"),
        ("i go to hill school, what about you", (M, P, Q, E), "school"),
        (MAIL, (P, Q, E), ""),
        (SIGNED, (M, P, Q, E), "phone"),
        ("Deliver to: Jo Bloggs, 12 Mill Lane, AB1 2AB", (), "address"),
    ],
)
def test_where_what_counts(text: str, channels: Sequence[Channel], kind: str) -> None:
    expected = [kind] if kind else []
    assert {channel: kinds(text, channel) for channel in channels} == dict.fromkeys(channels, expected)
    if kind:
        for channel in set(Channel) - set(channels):
            assert kinds(text, channel) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": Direction.SHOWN},
        {"direction": Direction.SENT_BY_PAGE},
        {"subject": Subject(role=PersonRole.STAFF)},
    ],
)
def test_only_what_pupils_write_counts(changes: dict[str, object]) -> None:
    assert kinds("my number is 07700 900123", **changes) == []


def test_several_things_are_several_findings_and_a_flood_is_cut() -> None:
    assert kinds("my number is 07700 900123 and my password is hunter2") == ["phone", "password"]
    assert kinds("my email is a1@example.org " * 10) == ["email"] * MOST
    assert kinds("x " * LONGEST + "my number is 07700 900123") == []


def test_a_phrase_that_is_part_of_it_is_not_counted_twice() -> None:
    (found,) = KNOWN.find(observation(text="my password is hunter2"))
    inside = match(phrase=phrase(category=Category.PERSONAL_INFORMATION), start=0, end=14)
    other = match(start=0, end=14)
    assert together([inside, other], [found]) == [other, found]


def test_the_detector_raises_a_two_with_a_reason_and_without_the_value() -> None:
    detection = Detector(library()).detect(observation(text="never mind, call me on 07700 900123"))
    assert detection is not None
    assert (detection.category, detection.severity) == (Category.PERSONAL_INFORMATION, 2)
    assert detection.reasons[0] == ("Gives away a phone number, by which a stranger can reach them: “0770• ••••23”.")
    assert not any("900123" in reason for reason in detection.reasons)


def test_graver_words_lead() -> None:
    detection = Detector(library(a("i hate you"))).detect(observation(text="i hate you 07700 900123"))
    assert detection is not None
    assert (detection.category, detection.severity, len(detection.matches)) == (Category.BULLYING, 3, 2)


@pytest.mark.parametrize("text", ["my password is hunter2", "ring me 07700 900123", "my snap pw is BlueCat1"])
def test_nothing_that_is_shown_beside_a_capture_holds_the_secret(text: str) -> None:
    detection = shipped_reader().detect(observe(text, "chat"))
    assert detection is not None
    assert detection.opinion is not None
    shown = " ".join([*detection.reasons, detection.opinion.passage, *(match.written for match in detection.matches)])
    assert text.rpartition(" ")[2] not in shown
