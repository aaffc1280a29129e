"""The process that reads the words in one picture by tesseract, and denies itself nearly everything before it looks."""

import os
import subprocess
import sys
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from detection.documents.confinement import confine

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFile import ImageFile

MEMORY = 700 << 20
"""Bytes of address space, for itself and for tesseract each."""
MOST_BODY = 16 << 20
MOST_PIXELS = 16_000_000
ENLARGED_UP_TO = 2_500_000
"""Pixels of a picture that is made twice as wide and high: small letters are read far better so, and in what is larger
they are larger."""
SMALLEST = (32, 12)
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
READ, NO_PICTURE, LARGE, FAILED = 0, 3, 4, 5
"""What it ends with."""


def main(argv: list[str]) -> int:
    """``argv``: seconds of processor time, tesseract's path, its languages. The picture on standard input; the words go
    to standard output."""
    seconds, tesseract, languages = int(argv[0]), argv[1], argv[2]
    confine(MEMORY, seconds)
    body = sys.stdin.buffer.read(MOST_BODY + 1)
    try:
        grey = prepared(body)
    except LargePicture:
        return LARGE
    except Exception:  # noqa: BLE001  # whatever Pillow makes of it: it is no picture that can be read
        return NO_PICTURE
    if not grey:
        return READ
    asked = (tesseract, "stdin", "stdout", "-l", languages, "--dpi", "150")
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    answer = subprocess.run(asked, input=grey, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    os.write(1, answer.stdout)
    return READ if answer.returncode == 0 else FAILED


class LargePicture(ValueError):
    pass


def prepared(body: bytes) -> bytes:
    """In grey, small ones twice as large, as a PGM file. Empty where it is too small to hold words."""
    from PIL import Image

    warnings.simplefilter("ignore")
    if len(body) > MOST_BODY:
        raise LargePicture
    Image.MAX_IMAGE_PIXELS = None  # asked below, with an answer of our own
    with Image.open(BytesIO(body), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise LargePicture
        if picture.width < SMALLEST[0] or picture.height < SMALLEST[1]:
            return b""
        grey = _grey(picture)
    if grey.width * grey.height <= ENLARGED_UP_TO:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    written = BytesIO()
    grey.save(written, "PPM")
    return written.getvalue()


def _grey(picture: "ImageFile") -> "Picture":
    """Upright, and what is transparent is white: dark letters upon nothing are the rule."""
    from PIL import Image, ImageOps

    if picture.has_transparency_data:
        see_through = picture.convert("RGBA")
        white: Picture = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, see_through).convert("L")
    return ImageOps.exif_transpose(picture).convert("L")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
