from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image, ImageChops

from images.annotate import MARK, RED, annotated, clock, concern, header, outlined, place, seen
from tests.images.factories import drawing, opened

RED_PIXEL = (0xB3, 0x26, 0x1E)


def colours(picture: Image.Image) -> set[tuple[int, int, int]]:
    return {colour for _, colour in picture.getcolors(2**24) or [] if isinstance(colour, tuple) and len(colour) == 3}


def test_the_strip_stands_above_the_picture_which_stays_as_it_was() -> None:
    part = Image.new("RGB", (640, 300), "#00aa00")
    whole = opened(annotated([part], drawing(), ""))
    assert whole.width == 640
    below = whole.crop((0, whole.height - 300, 640, whole.height))
    assert ImageChops.difference(below, part).getbbox() is None


def test_two_parts_stand_one_below_the_other() -> None:
    parts = [Image.new("RGB", (640, 100), "#00aa00"), Image.new("RGB", (640, 50), "#0000aa")]
    whole = opened(annotated(parts, drawing(), ""))
    assert whole.getpixel((5, whole.height - 51)) == (0, 0xAA, 0)
    assert whole.getpixel((5, whole.height - 49)) == (0, 0, 0xAA)


@pytest.mark.parametrize(
    ("severity", "category", "words"),
    [
        (1, "bullying", "For the record · bullying"),
        (2, "bullying", "Low · bullying"),
        (3, "eating-disorder", "Medium · eating disorder"),
        (4, "self-harm", "High · self-harm"),
        (5, "suicide", "Immediate · suicide"),
    ],
)
def test_how_grave_and_of_which_kind_is_said_in_words(severity: int, category: str, words: str) -> None:
    assert concern(drawing(severity=severity, category=category)) == words


def test_each_severity_has_a_word_of_its_own_beside_its_sign() -> None:
    strips = [header(drawing(severity=s), "", 640).convert("L").crop((76, 0, 640, 84)).tobytes() for s in range(1, 6)]
    assert len(set(strips)) == 5


def test_only_the_gravest_is_red() -> None:
    assert RED == "#b3261e"
    for severity in range(1, 6):
        assert (RED_PIXEL in colours(header(drawing(severity=severity), "", 640))) == (severity == 5)


def test_severities_differ_without_colour() -> None:
    strips = [header(drawing(severity=s), "", 640).convert("L").crop((0, 0, 76, 84)).tobytes() for s in range(1, 6)]
    assert len(set(strips)) == 5


@pytest.mark.parametrize(
    "long",
    [
        {"who": "Bartholomew " * 40},
        {"where": "https://forum.example/" + "path/" * 400},
        {"app": "An app with a very long name " * 20},
        {"category": "discrimination " * 30},
        {"who": "علي المثال " * 40, "where": "نافذة " * 200},
    ],
)
def test_nothing_reaches_the_edge(long: dict[str, str]) -> None:
    strip = header(drawing(**long), "A note. " * 200, 640)
    edge = strip.crop((628, 0, 640, strip.height - 1))
    assert colours(edge) == {(255, 255, 255)}


def test_a_note_makes_room_for_itself_and_no_more_than_three_lines() -> None:
    none, one, many = (header(drawing(), note, 640).height for note in ("", "Short.", "A long note. " * 300))
    assert none < one < many
    assert many < none + 4 * 24


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("https://forum.example/threads/12?q=my+secret#top", "forum.example/threads/12"),
        ("https://forum.example/", "forum.example"),
        ("http://user:word@forum.example:8080/a", "forum.example/a"),
        ("Untitled - Notes", "Untitled - Notes"),
        ("https://[broken/x", "https://[broken/x"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_what_a_query_may_hold(where: str, shown: str) -> None:
    assert place(where) == shown


def test_a_time_is_shown_in_the_zone_it_carries() -> None:
    summer = timezone(timedelta(hours=1), "BST")
    at = datetime(2025, 6, 3, 13, 5, 9, tzinfo=UTC)
    assert clock(at) == "Tue 3 Jun 2025, 13:05:09 UTC"
    assert clock(at.astimezone(summer)) == "Tue 3 Jun 2025, 14:05:09 BST"


def test_marked_words_count_as_seen_only_where_their_colour_is() -> None:
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste(MARK, (50, 50, 150, 70))
    shown, covered, outside = (50.0, 50.0, 100.0, 20.0), (50.0, 120.0, 100.0, 20.0), (-900.0, 50.0, 100.0, 20.0)
    assert seen(picture, (shown, covered, outside)) == (shown,)


def test_the_words_are_framed_without_being_painted_over() -> None:
    picture = Image.new("RGB", (300, 200), "white")
    before = picture.crop((50, 50, 150, 70))
    framed = outlined(picture, ((50.0, 50.0, 100.0, 20.0),))
    assert framed.getpixel((100, 48)) != (255, 255, 255)
    assert framed.crop((50, 50, 150, 70)).tobytes() == before.tobytes()
