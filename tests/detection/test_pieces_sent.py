from dataclasses import replace
from datetime import timedelta

import pytest

from detection.detector import Detector
from detection.grading import Detection
from detection.library import Category
from detection.observation import Channel, Direction, Observation, Subject
from detection.pieces_sent import KEPT, LONGEST, MOST, SECONDS, PiecesSent
from detection.recent import Recent
from tests.detection.factories import NOW, observation
from tests.detection.libraries import a, library

LIBRARY = library(
    a("want to die", Category.SUICIDE, 4),
    a("die", Category.SUICIDE, 3),
    a("die tonight", Category.SUICIDE, 5),
    a("nobody likes you"),
    a("hate you"),
    a("kys", Category.BULLYING, 3),
)


def said(*texts: str, apart: float = 5, **changes: object) -> list[Detection | None]:
    """One after the other, by the same person in the same place."""
    detector = Detector(LIBRARY, Recent())
    return [detector.detect(sent(text, number * apart, **changes)) for number, text in enumerate(texts)]


def sent(text: str, after: float, **changes: object) -> Observation:
    at = NOW + timedelta(seconds=after)
    return observation(**{"text": text, "seen_at": at, "id": f"{after}", **changes})


@pytest.mark.parametrize(
    ("texts", "phrase", "excerpt"),
    [
        (["nobody", "likes you"], "nobody likes you", "likes you"),
        (["nobody", "likes", "you lol"], "nobody likes you", "you"),
        (["so nobody likes...", "you"], "nobody likes you", "you"),
        (["well nobody", "l1kes y0u!"], "nobody likes you", "l1kes y0u"),
        (["k", "y", "s"], "kys", "s"),
    ],
)
def test_a_phrase_sent_in_pieces_is_found_when_it_is_complete(texts: list[str], phrase: str, excerpt: str) -> None:
    *before, last = said(*texts)
    assert before == [None] * len(before)
    assert last is not None
    assert [(match.phrase.text, match.written) for match in last.matches] == [(phrase, excerpt)]
    assert last.observation.text == texts[-1]


def test_the_reviewer_reads_which_words_came_before_and_no_others() -> None:
    _, found = said("my cat is ill and nobody", "likes you")
    assert found is not None
    assert "It began in what the person sent just before: “nobody”. What came then completes it." in found.reasons
    assert not any("cat" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    "texts",
    [
        ["nobody came.", "likes you"],
        ["nobody!", "likes you"],
        ["likes you", "nobody"],
        ["nobody", "on the team", "likes you"],
        ["nobody", "x" * (LONGEST + 1), "likes you"],
        ["nobody " + "x" * KEPT, "likes you"],
    ],
)
def test_what_is_no_phrase_in_a_row_is_none(texts: list[str]) -> None:
    assert said(*texts) == [None] * len(texts)


def test_only_what_follows_soon_belongs_together() -> None:
    assert said("nobody", "likes you", apart=SECONDS)[1] is not None
    assert said("nobody", "likes you", apart=SECONDS + 1) == [None, None]


def test_fields_sent_at_the_same_moment_are_no_pieces() -> None:
    assert said("nobody", "likes you", apart=0) == [None, None]


@pytest.mark.parametrize(
    "other",
    [
        {"conversation": "room-8"},
        {"app": "b.example"},
        {"subject": Subject(people=("p-18",))},
        {"direction": Direction.SHOWN},
        {"channel": Channel.SEARCH},
        {"channel": Channel.DOCUMENT},
    ],
)
def test_only_the_same_person_in_the_same_place_writing_a_message_counts(other: dict[str, object]) -> None:
    detector = Detector(LIBRARY, Recent())
    assert detector.detect(sent("nobody", 0, **other)) is None
    assert detector.detect(sent("likes you", 5)) is None


def test_what_others_say_in_between_does_not_part_the_pieces() -> None:
    detector = Detector(LIBRARY, Recent())
    assert detector.detect(sent("nobody", 0)) is None
    assert detector.detect(sent("what?", 2, direction=Direction.SHOWN)) is None
    assert detector.detect(sent("likes you", 5)) is not None


def test_what_one_message_says_by_itself_is_not_detected_again() -> None:
    first, second, third = said("i want to die", "ok", "die")
    assert first is not None
    assert second is None
    assert third is not None
    assert [match.written for match in third.matches] == ["die"]
    assert said("nobody likes you", "you know")[1] is None


def test_what_makes_it_graver_is() -> None:
    first, second = said("i want to die", "tonight")
    assert first is not None
    assert second is not None
    assert [match.phrase.text for match in second.matches] == ["die tonight"]
    assert second.severity == 5


def test_a_draft_that_grows_is_not_taken_for_pieces() -> None:
    drafts = said("h", "ha", "hate", "hate y", "hate you")
    assert [draft is not None for draft in drafts] == [False] * 4 + [True]
    assert drafts[-1] is not None
    assert not any("just before" in reason for reason in drafts[-1].reasons)


def test_the_page_that_shows_the_pieces_again_is_no_second_detection() -> None:
    detector = Detector(LIBRARY, Recent())
    for number, text in enumerate(("nobody", "likes you")):
        detector.detect(sent(text, number * 5))
    page = sent("Room 7\nnobody\nlikes you\nwhat?", 9, direction=Direction.SHOWN, channel=Channel.PAGE)
    assert detector.detect(page) is None


def test_without_a_memory_every_message_stands_alone() -> None:
    detector = Detector(LIBRARY)
    assert [detector.detect(sent(text, number * 5)) for number, text in enumerate(("nobody", "likes you"))] == [
        None
    ] * 2


def test_only_so_much_is_kept() -> None:
    pieces = PiecesSent(places_limit=2)
    for number in range(10):
        pieces.keep(sent(f"word{number}", number), None)
    joined = pieces.joined(sent("end", 10))
    assert joined is not None
    assert joined.text.split() == [*(f"word{number}" for number in range(10 - MOST, 10)), "end"]
    for room in ("a", "b"):
        pieces.keep(sent("hello", 11, conversation=room), None)
    assert pieces.joined(sent("end", 12)) is None


def test_who_has_been_silent_is_forgotten() -> None:
    pieces = PiecesSent()
    pieces.keep(sent("nobody", 0), None)
    pieces.keep(sent("hello", SECONDS + 1, conversation="room-8"), None)
    assert pieces.joined(sent("likes you", 1)) is None


def test_a_late_message_that_arrives_early_joins_nothing() -> None:
    pieces = PiecesSent()
    pieces.keep(sent("nobody", 10), None)
    assert pieces.joined(replace(sent("likes you", 5))) is None
