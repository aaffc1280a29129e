import subprocess
from io import BytesIO

import pytest
from PIL import Image

from agent.watchers.picture_worker import (
    ENLARGED_UP_TO,
    LARGE,
    MOST_BODY,
    MOST_PIXELS,
    NO_PICTURE,
    READ,
    LargePicture,
    prepared,
)
from agent.watchers.pictures import COMMAND
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_tesseract


def worked(body: bytes, tesseract: str = "/usr/bin/tesseract") -> tuple[int, str]:
    ended = subprocess.run([*COMMAND, "20", tesseract, "eng"], input=body, stdout=subprocess.PIPE)
    return ended.returncode, ended.stdout.decode()


def opened(pgm: bytes) -> Image.Image:
    return Image.open(BytesIO(pgm))


@needs_tesseract
def test_words_are_read_off_a_picture() -> None:
    code, text = worked(picture_of("we meet at the old bridge tonight"))
    assert code == READ
    assert "we meet at the old bridge tonight" in text


def test_small_pictures_are_enlarged_and_large_ones_are_not() -> None:
    small = opened(prepared(picture_of("x", size=(400, 100))))
    assert (small.mode, small.size) == ("L", (800, 200))
    wide = ENLARGED_UP_TO // 1000 + 1
    assert opened(prepared(picture_of("x", size=(1000, wide)))).size == (1000, wide)


def test_dark_letters_upon_nothing_can_be_read() -> None:
    seen, written = Image.new("RGBA", (64, 64), (0, 0, 0, 0)), BytesIO()
    seen.save(written, "PNG")
    assert opened(prepared(written.getvalue())).getextrema() == (255, 255)


def test_an_icon_holds_no_words() -> None:
    assert prepared(picture_of("", size=(16, 16))) == b""
    assert worked(picture_of("", size=(16, 16))) == (READ, "")


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n", b"see you", picture_of("x")[:200]])
def test_what_is_no_picture_is_none(body: bytes) -> None:
    assert worked(body) == (NO_PICTURE, "")


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    written = BytesIO()
    Image.new("1", (4001, MOST_PIXELS // 4000)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    assert worked(written.getvalue()) == (LARGE, "")
    with pytest.raises(LargePicture):
        prepared(b"\0" * (MOST_BODY + 1))
