"""The window a device saw is drawn with its words above it and what it looked like before; a broken one as words."""

import io

import pytest
from PIL import Image

from detection.observation import Channel, Evidence
from images import windows
from images.annotate import MARK
from images.bundle import NotDrawable
from images.draw import Drawing, Renderer
from tests.images.factories import count, drawing, evidence, opened, page

RED, BLUE = (254, 0, 0), (0, 0, 254)
"""As a JPEG gives them back."""


def jpeg(colour: str, size: tuple[int, int] = (900, 500)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", quality=95)
    return out.getvalue().ljust(65536, b"\0")


def seen(*pictures: bytes, app: str = "LibreOffice Writer") -> Drawing:
    recorded = evidence(*((f"screen:{app}", "image/jpeg", each) for each in pictures))
    return drawing(app=app, where="Homework.odt", channel=Channel.SCREEN, url="", evidence=recorded)


def test_the_window_is_drawn_in_its_own_size_under_its_words(renderer: Renderer) -> None:
    picture = renderer.draw(seen(jpeg("red")))
    drawn = opened(picture.png)
    assert picture.note == ""
    assert drawn.width == 900 + windows.MARGIN
    assert count(drawn, RED) == 900 * 500
    assert count(drawn, MARK) > 500


def test_what_it_looked_like_before_stands_below_it(renderer: Renderer) -> None:
    drawn = opened(renderer.draw(seen(jpeg("red"), jpeg("blue"))).png)
    assert count(drawn, RED) == 900 * 500
    assert count(drawn, BLUE) > 300 * 150
    assert drawn.getpixel((100, drawn.height - 150)) == BLUE


def test_a_wide_one_is_made_to_fit(renderer: Renderer) -> None:
    drawn = opened(renderer.draw(seen(jpeg("red", (3840, 2160)))).png)
    assert drawn.width == 1280
    assert count(drawn, RED) > 1200 * 600


@pytest.mark.parametrize("broken", [b"nothing", b"\xff\xd8\xff\xe0" + bytes(100)], ids=["other", "cut"])
def test_what_is_no_picture_is_said_and_its_words_are_shown(renderer: Renderer, broken: bytes) -> None:
    picture = renderer.draw(seen(broken))
    assert picture.note == "The picture of the window cannot be read. Its text is shown instead."
    assert count(opened(picture.png), MARK) > 500


def test_a_recorded_page_is_no_window_whatever_it_loads() -> None:
    assert windows.pictures(page("<p>hello</p>", ("https://forum.example/a.jpg", "image/jpeg", b"x")).evidence) == ()
    assert windows.pictures(Evidence(index=b"nonsense")) == ()
    assert windows.pictures(None) == ()


def test_only_the_head_is_read_outside_the_cage() -> None:
    shown = jpeg("red")[:700]
    assert windows.order(seen(shown), (shown,), 760, 1280).fit == 940
    with pytest.raises(NotDrawable):
        windows.order(seen(b"x"), (b"x",), 760, 1280)


def test_what_the_browser_could_not_take_is_left_out() -> None:
    large = [jpeg("red").ljust(7 * 2**20, b"\0") for _ in range(6)]
    assert len(windows.pictures(seen(*(each + bytes([n]) for n, each in enumerate(large))).evidence)) == 4
    assert windows.pictures(seen(jpeg("red").ljust(9 * 2**20, b"\0")).evidence) == ()
