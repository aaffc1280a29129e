"""Sentences among bytes of a format nobody told us: stretches that are UTF-8 and read like language."""

import re
from collections.abc import Iterator

from detection.extract.language import is_language
from detection.extract.limits import at_most

_RUN = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){12,}"
)
"""Shorter ones turn up by chance."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FEWEST_SPACES = 2
_MOST = 1000


def text_of(body: bytes) -> str | None:
    """All of it, where it is text throughout."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def text_runs(body: bytes) -> Iterator[str]:
    for found in at_most(_RUN.finditer(body), _MOST):
        text = found[0].decode("utf-8", "replace").strip()
        if text.count(" ") >= _FEWEST_SPACES and "\ufffd" not in text and is_language(text):
            yield text
