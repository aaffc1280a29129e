"""A window's pixels, as a system gives them, as a JPEG."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

_QUALITY = 70
_WIDEST = 1600
"""Pixels; wider ones are made smaller, for what is written stays readable and the picture a tenth of a megabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    width: int
    height: int
    data: bytes
    """Four bytes each: blue, green, red and one that means nothing. The upper row first."""


def jpeg(pixels: Pixels) -> bytes:
    """ValueError where there are fewer than announced."""
    image = Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.data, "raw", "BGRX", 0, 1)
    if image.width > _WIDEST:
        image = image.resize((_WIDEST, max(1, image.height * _WIDEST // image.width)), Image.Resampling.BILINEAR)
    into = BytesIO()
    image.save(into, "JPEG", quality=_QUALITY)
    return into.getvalue()
