"""The picture of a window, taken on a device: found in the evidence, and laid out for the caged browser to decode."""

import io
from itertools import accumulate

from PIL import Image

from detection.evidence import EvidenceError, read
from detection.observation import Evidence
from images import templates
from images.bundle import MOST_OF_ALL, MOST_OF_ONE, NotDrawable
from images.drawing import Drawing
from images.orders import Order, Resource

SCHEME = "screen:"
"""Addresses of what was on a screen, which an agent gives its pictures."""
JPEG = "image/jpeg"
MOST_EARLIER = 20
MARGIN = 40
"""Pixels left and right of the window together."""
_BASE = "https://drawing.invalid/"


def pictures(evidence: Evidence | None) -> tuple[bytes, ...]:
    """The window, then what it looked like before, the oldest first; nothing where no window was recorded."""
    if evidence is None:
        return ()
    try:
        exchanges = read(evidence)
    except EvidenceError:
        return ()
    found = [each.body for each in exchanges if each.url.startswith(SCHEME) and each.media_type == JPEG and each.body]
    small = [each for each in found[: 1 + MOST_EARLIER] if len(each) <= MOST_OF_ONE]
    return tuple(small[: _fitting(small)])


def _fitting(pictures: list[bytes]) -> int:
    """How many of them, from the first, the browser's driver can take."""
    return sum(total <= MOST_OF_ALL for total in accumulate(map(len, pictures)))


def order(drawing: Drawing, shown: tuple[bytes, ...], least: int, most: int) -> Order:
    """As wide as the window, within bounds. NotDrawable where it is no picture: only its head is read here."""
    width = min(max(_width(shown[0]) + MARGIN, least), most)
    names = [f"{_BASE}{number}.jpg" for number in range(len(shown))]
    html = templates.window(drawing, names[0], names[1:]).encode("utf-8", "replace")
    page = Resource(url=_BASE, headers=(("content-type", "text/html; charset=utf-8"),), body=html)
    bodies = [
        Resource(url=name, headers=(("content-type", JPEG),), body=body)
        for name, body in zip(names, shown, strict=True)
    ]
    return Order(url=_BASE, resources=(page, *bodies), fit=width)


def _width(picture: bytes) -> int:
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened:
            return opened.width
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as e:
        raise NotDrawable("The picture of the window cannot be read.") from e
