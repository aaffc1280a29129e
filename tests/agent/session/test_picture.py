"""Pixels as a JPEG: the right colours, and no larger than it need be."""

from io import BytesIO
from typing import cast

import pytest
from PIL import Image

from agent.session.picture import Pixels, jpeg


def test_the_picture_shows_the_pixels() -> None:
    blue, red = b"\xff\x00\x00\x00", b"\x00\x00\xff\x00"
    made = jpeg(Pixels(width=64, height=32, data=(blue * 32 + red * 32) * 32))
    image = Image.open(BytesIO(made))
    assert (image.format, image.size) == ("JPEG", (64, 32))
    left, right = image.getpixel((8, 16)), image.getpixel((56, 16))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[2] > 200 > 50 > left[0]
    assert right[0] > 200 > 50 > right[2]


def test_a_very_wide_window_is_made_smaller() -> None:
    made = jpeg(Pixels(width=3840, height=10, data=bytes(4 * 3840 * 10)))
    assert Image.open(BytesIO(made)).size == (1600, 4)


def test_colours_and_rows_are_in_their_places() -> None:
    data = b"\0\0\xff\0" * (40 * 20) + b"\xff\0\0\0" * (40 * 20)
    seen = Image.open(BytesIO(jpeg(Pixels(width=40, height=40, data=data))))
    red, _, _ = cast(tuple[int, int, int], seen.getpixel((20, 5)))
    _, _, blue = cast(tuple[int, int, int], seen.getpixel((20, 35)))
    assert red > 200
    assert blue > 200


def test_one_that_is_wide_keeps_its_shape() -> None:
    seen = Image.open(BytesIO(jpeg(Pixels(width=3200, height=100, data=bytes(4 * 3200 * 100)))))
    assert (seen.format, seen.size) == ("JPEG", (1600, 50))


def test_fewer_pixels_than_announced_are_an_error() -> None:
    with pytest.raises(ValueError, match="not enough image data"):
        jpeg(Pixels(width=100, height=100, data=b"\0" * 100))
