import pytest
from PIL import Image

from images.lettering import Lettering

PLAIN = Lettering(16)
SCRIPTS = {
    "Latin": "Zoë Łukasz",
    "Greek": "Ελένη",
    "Cyrillic": "Нина",
    "Arabic": "علي",
    "Hebrew": "נועה",
    "Devanagari": "हिन्दी",
    "Bengali": "বাংলা",
    "Gurmukhi": "ਪੰਜਾਬੀ",
    "Thai": "ไทย",
    "emoji": "🛑",
}


def drawn(text: str, lettering: Lettering = PLAIN) -> Image.Image:
    picture = Image.new("RGB", (400, 40), "white")
    lettering.draw(picture, (5, 20), text, "black")
    return picture


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    return picture.convert("L").point(lambda level: 255 if level < 200 else 0).getbbox()


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_every_script_is_drawn_with_letters_of_its_own(text: str) -> None:
    boxes = drawn("\U0001fbff" * len(text))
    assert ink(drawn(text)) is not None
    assert drawn(text).tobytes() != boxes.tobytes()


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_what_is_drawn_stays_within_its_stated_width(text: str) -> None:
    box = ink(drawn(text))
    assert box is not None
    assert box[2] <= 5 + PLAIN.width(text) + 2


def test_bold_is_wider_than_plain() -> None:
    assert Lettering(16, bold=True).width("Forum") > PLAIN.width("Forum")


@pytest.mark.parametrize("room", [0, 10, 60, 200])
@pytest.mark.parametrize("text", ["forum.example/" + "path/" * 50, "طويل " * 80, "🛑" * 90, "x" * 200_000])
def test_what_is_too_long_gives_way(text: str, room: int) -> None:
    short = PLAIN.elide(text, room)
    assert short.endswith("…")
    assert short == "…" or PLAIN.width(short) <= room


def test_what_fits_stays_whole() -> None:
    assert PLAIN.elide("forum.example", 500) == "forum.example"


@pytest.mark.parametrize("trick", ["\u202e", "\u2066", "\n", "\0", "\u200b", "\ufe0f", "\ud800"])
def test_hidden_characters_change_nothing(trick: str) -> None:
    assert drawn(f"Alex{trick}Example").tobytes() in (drawn("AlexExample").tobytes(), drawn("Alex Example").tobytes())
