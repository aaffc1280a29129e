import base64
import codecs
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from detection.detector import Detector
from detection.group_libraries import Difference
from detection.group_libraries import version as group_version
from detection.library import Category, Stage, Voice
from detection.observation import Channel, Direction
from detection.opinion import Opinion
from detection.recent import Recent
from detection.stated_opinion import Effect
from tests.detection.factories import NOW, observation
from tests.detection.libraries import a, library
from tests.detection.shipped import shipped_detector

LATER = NOW + timedelta(minutes=1)


def test_a_phrase_is_detected_with_the_version_of_its_library() -> None:
    detection = Detector(library()).detect(observation())
    assert detection is not None
    assert detection.library_version == library().version
    assert detection.before == ()


def test_an_ordinary_message_is_not() -> None:
    assert Detector(library()).detect(observation(text="see you at lunch")) is None


def test_without_a_memory_every_call_stands_alone() -> None:
    detector = Detector(library())
    assert detector.detect(observation()) is not None
    assert detector.detect(observation()) is not None


def test_with_a_memory_a_repeat_is_dropped_and_what_came_before_is_told() -> None:
    detector = Detector(library(), Recent())
    assert detector.detect(observation(text="see you at lunch")) is None
    detection = detector.detect(observation(seen_at=LATER))
    assert detection is not None
    assert [earlier.text for earlier in detection.before] == ["see you at lunch"]
    assert detector.detect(observation(seen_at=LATER)) is None


def test_made_afresh_it_compares_with_the_same_and_remembers_nothing() -> None:
    detector = Detector(library(), Recent())
    assert detector.detect(observation()) is not None
    afresh = detector.afresh(Recent())
    again = afresh.detect(observation(seen_at=LATER))
    assert again is not None
    assert again.before == ()
    assert detector.detect(observation(seen_at=LATER)) is None


def test_what_was_shown_first_and_then_written_is_detected_as_written() -> None:
    detector = Detector(library(), Recent())
    assert detector.detect(observation(direction=Direction.SHOWN)) is not None
    written = detector.detect(observation(seen_at=LATER))
    assert written is not None
    assert written.severity == 3


def test_what_the_sensor_measured_leaves_untouched() -> None:
    seen = observation()
    detection = Detector(library(), Recent()).detect(seen)
    assert detection is not None
    assert detection.observation == seen


ECHOES = (
    ("the same message on the reloaded page", "Schoolyard chat\nsam\n{}\nlee\nok", True),
    ("the words searched for, as a heading", "Results for “{}” – Lookup", True),
    ("others' words around the same phrase", "lee says {} too, and so does everyone in my year", False),
)


@pytest.mark.parametrize(("page", "echo"), [case[1:] for case in ECHOES], ids=[case[0] for case in ECHOES])
def test_what_an_app_shows_of_the_persons_own_words_is_no_second_detection(page: str, echo: bool) -> None:
    detector, written = Detector(library(), Recent()), observation(text=f"honestly {observation().text}")
    assert detector.detect(written) is not None
    text = page.format(written.text if echo else observation().text)
    shown = observation(text=text, seen_at=LATER, direction=Direction.SHOWN, channel=Channel.PAGE)
    assert (detector.detect(shown) is None) is echo


def test_the_same_words_in_another_app_are_not_an_echo() -> None:
    detector = Detector(library(), Recent())
    assert detector.detect(observation()) is not None
    assert detector.detect(observation(seen_at=LATER, direction=Direction.SHOWN, app="b.example", conversation="b"))


class Alarmed:
    """A second reader to whom everything is self-harm."""

    version = "v9"

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion:
        return Opinion(category=Category.SELF_HARM, probability=0.99, start=0, end=len(text), version=self.version)


def test_the_second_reader_may_raise_what_no_phrase_matches() -> None:
    detection = Detector(library(), second=Alarmed()).detect(observation(text="see you at lunch"))
    assert detection is not None
    assert (detection.category, detection.severity, detection.model_version) == (Category.SELF_HARM, 3, "v9")
    assert detection.reasons[0] == "The second opinion reads it as self harm: counted as severity 3."
    assert detection.opinion is not None
    assert (detection.opinion.effect, detection.opinion.passage) == (Effect.RAISED, "see you at lunch")


@pytest.mark.parametrize(
    ("text", "raised"),
    [("tocca a te lavare i piatti", False), ("oh tocca a te go away", True), ("its your turn", True)],
)
def test_insults_in_a_language_it_has_not_learned_are_believed_only_beside_a_phrase(text: str, raised: bool) -> None:
    class Offended(Alarmed):
        def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion:
            return replace(super().read(text, near), category=Category.BULLYING)

    found = Detector(library(a("go away", severity=2)), second=Offended()).detect(observation(text=text))
    assert (found is not None) is raised


def test_it_says_nothing_twice() -> None:
    known = library(a("cut myself", Category.SELF_HARM, 4))
    detection = Detector(known, second=Alarmed()).detect(observation(text="i cut myself"))
    assert detection is not None
    assert [match.phrase.text for match in detection.matches] == ["cut myself"]
    assert not any("econd opinion" in reason for reason in detection.reasons)
    assert detection.opinion is not None
    assert detection.opinion.effect is Effect.AGREED


def test_without_a_second_reader_nothing_is_said_of_one() -> None:
    detection = Detector(library()).detect(observation())
    assert detection is not None
    assert (detection.opinion, detection.model_version) == (None, "")


def test_by_itself_it_raises_nothing_that_is_only_shown_and_makes_nothing_of_it_graver() -> None:
    reads = Detector(library(a("go away", severity=4, voice=Voice.AIMED)), second=Alarmed())
    page = {"direction": Direction.SHOWN, "channel": Channel.PAGE}
    assert reads.detect(observation(text="see you at lunch", **page)) is None
    shown = reads.detect(observation(text="oh go away", **page))
    assert shown is not None
    assert shown.opinion is not None
    assert (shown.severity, shown.opinion.effect) == (2, Effect.AGREED)


def test_round_a_phrase_it_reads_what_is_shown_and_may_lower_it() -> None:
    read: list[Sequence[tuple[int, int]] | None] = []

    class Reader(Calm):
        def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion:
            read.append(near)
            return super().read(text, near)

    known = library(a("go away", severity=4), a("tie it so", Category.SUICIDE, 4, stage=Stage.METHOD))
    reads = Detector(known, second=Reader())
    for text, severity in (("oh go away", 1), ("then tie it so", 3)):
        shown = reads.detect(observation(text=text, direction=Direction.SHOWN, channel=Channel.PAGE))
        assert shown is not None
        assert shown.severity == severity
    assert read == [[(3, 10)], [(5, 14)]]


def test_a_page_weighs_more_after_the_person_sought_the_like() -> None:
    detector = Detector(library(a("how to bleed", Category.SELF_HARM, 4)), Recent())
    page = observation(text="how to bleed, you ask", direction=Direction.SHOWN, channel=Channel.PAGE)
    before = detector.detect(page)
    detector.detect(observation(text="how to bleed i ask", channel=Channel.SEARCH))
    again = replace(page, id="again", text="you ask how to bleed")
    after = detector.detect(again)
    assert before is not None
    assert after is not None
    assert (before.severity, after.severity) == (2, 3)


def test_a_group_is_compared_with_its_own_library_and_the_detection_names_that() -> None:
    own = Difference(frozenset({library().phrases[0].id}), (a("purple giraffe"),))
    detector = Detector(library(), groups={"Year 12": own})
    for group, text, version in (
        ("Year 12", "nobody likes you", None),
        ("Year 12", "you purple giraffe", group_version(library(), own)),
        ("Year 9", "nobody likes you", library().version),
        ("", "you purple giraffe", None),
    ):
        seen = observation(text=text, subject=replace(observation().subject, group=group))
        detection = detector.detect(seen)
        assert (detection and detection.library_version) == version, (group, text)


def test_adapted_to_another_library_it_remembers_what_it_knew() -> None:
    detector = Detector(library(), Recent())
    assert detector.detect(observation(text="see you at lunch")) is None
    other = detector.adapted(library(a("purple giraffe")))
    assert other.detect(observation(text="nobody likes you", seen_at=LATER)) is None
    detection = other.detect(observation(text="you purple giraffe", seen_at=LATER))
    assert detection is not None
    assert detection.library_version == library(a("purple giraffe")).version
    assert [earlier.text for earlier in detection.before] == ["see you at lunch", "nobody likes you"]


CODED = base64.b64encode(b"i know that nobody likes you").decode()


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        (f"guess: {CODED} ok", CODED, "Base64"),
        ("guess: " + codecs.encode("nobody likes you", "rot13"), "abobql yvxrf lbh", "ROT13"),
        ("nobody%20likes%20you lol", "nobody%20likes%20you", "percent encoding"),
        ("ok nobody bGlrZXMgeTB1", "nobody bGlrZXMgeTB1", "Base64"),
    ],
)
def test_what_was_written_in_code_is_found_where_it_stands_and_the_code_is_named(
    text: str, written: str, name: str
) -> None:
    detection = Detector(library()).detect(observation(text=text))
    assert detection is not None
    assert [match.written for match in detection.matches] == [written]
    assert text[detection.matches[0].start : detection.matches[0].end] == written
    assert detection.reasons[1] == f"These words were written as {name}: “{written}”."


def test_rot13_is_read_where_no_common_word_gives_it_away() -> None:
    detection = shipped_detector().detect(observation(text=codecs.encode("selling cocaine, dm", "rot13")))
    assert detection is not None
    assert detection.matches[0].written == "fryyvat pbpnvar"


def test_words_in_code_are_weighed_by_the_words_they_stand_among() -> None:
    meant, denied = (
        Detector(library(a("want to die", Category.SUICIDE, 4))).detect(
            observation(text=base64.b64encode(text.encode()).decode())
        )
        for text in ("i really want to die", "i do not want to die")
    )
    assert meant is not None
    assert denied is not None
    assert (meant.severity, denied.severity) == (4, 3)


@pytest.mark.parametrize(
    "changes",
    [{"direction": Direction.SHOWN}, {"channel": Channel.URL}, {"channel": Channel.FILE_NAME}],
)
def test_only_what_people_write_themselves_is_decoded(changes: dict[str, object]) -> None:
    assert Detector(library()).detect(observation(text=CODED, **changes)) is None


def test_the_second_reader_does_not_repeat_what_was_found_in_code() -> None:
    known = library(a("cut myself", Category.SELF_HARM, 4))
    coded = base64.b64encode(b"i cut myself again").decode()
    detection = Detector(known, second=Alarmed()).detect(observation(text=coded))
    assert detection is not None
    assert [match.phrase.text for match in detection.matches] == ["cut myself"]


class Calm(Alarmed):
    """A second reader that finds nothing in anything."""

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion:
        return Opinion(category=Category.SELF_HARM, probability=0.01, start=0, end=len(text), version=self.version)


@pytest.mark.parametrize(
    ("text", "severity", "effect"),
    [
        ("nobody likes you", 2, Effect.LOWERED),
        (CODED, 3, Effect.OVERRULED),
        ("call me on 07700 900123", 2, Effect.OVERRULED),
    ],
)
def test_a_second_reader_that_cannot_read_it_lowers_nothing(text: str, severity: int, effect: Effect) -> None:
    detection = Detector(library(), second=Calm()).detect(observation(text=text))
    assert detection is not None
    assert detection.opinion is not None
    assert (detection.severity, detection.opinion.effect) == (severity, effect)


def test_again_it_grades_as_it_did_and_neither_remembers_nor_drops_a_repeat() -> None:
    detector = Detector(library(), Recent())
    first = detector.detect(observation())
    assert first is not None
    assert detector.again(observation()) == detector.again(observation()) == first


def test_again_a_phrase_sent_in_pieces_is_whole_with_what_was_sent_before() -> None:
    detector = Detector(library(a("nobody likes you", severity=4)), Recent())
    begun, ended = observation(text="nobody likes"), observation(text="you at all", seen_at=LATER)
    detector.detect(begun)
    first = detector.detect(ended)
    assert first is not None
    assert detector.again(ended) is None
    assert detector.again(ended, before=[begun]) == replace(first, before=())


def test_again_what_somebody_sought_counts_where_it_is_said() -> None:
    detector = Detector(library())
    shown = observation(channel=Channel.PAGE, direction=Direction.SHOWN)
    alone, sought = detector.again(shown), detector.again(shown, frozenset({Category.BULLYING}))
    assert alone is not None
    assert sought is not None
    assert sought.severity > alone.severity


class Asked:
    """A second reader who remembers where it was to read."""

    version = "v9"

    def __init__(self) -> None:
        self.read_near: list[list[tuple[int, int]]] = []

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion | None:
        self.read_near.append(list(near or ()))
        return None


@pytest.mark.parametrize(
    ("text", "read_near"),
    [
        ("so tired and worried", []),
        ("so worried, go away", [[(3, 10), (12, 19)]]),
        ("go away", [[(0, 7)]]),
    ],
)
def test_of_what_is_shown_it_is_asked_where_a_phrase_counts_and_then_round_all(
    text: str, read_near: list[list[tuple[int, int]]]
) -> None:
    asked = Asked()
    known = library(a("worried", Category.DISTRESS, channels=(Direction.WRITTEN,)), a("go away"), a("tired", weight=50))
    found = Detector(known, second=asked).detect(
        observation(text=text, direction=Direction.SHOWN, channel=Channel.PAGE)
    )
    assert asked.read_near == read_near
    assert (found is not None) is bool(read_near)
    assert found is None or [match.phrase.text for match in found.matches] == ["go away"]
