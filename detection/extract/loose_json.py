"""What is called JSON and is none by the letter (a comma too many, bare names, comments, brackets without end): each
text in quotes for itself, under the name before it."""

import json
import re
from collections.abc import Iterator

from detection.extract.json_documents import Json
from detection.extract.limits import at_most

_MOST = 5000
_TEXT = re.compile(
    r"""(?:["']?(?P<name>[\w$-]{1,100}+)["']?[ \t]{0,20}:\s{0,20})?"""
    r"""(?:"(?P<double>(?:[^"\\\n]|\\.)*+)(?:"|\\?(?=\n|\Z))|(?<=[:,\[{(\s])'(?P<single>(?:[^'\\\n]|\\.)*+)'(?=\s*[,}\])]))"""
)
"""One that never ends, ends with its line: looked for from each of its quotes on, it would take quadratic time."""
_IS_NAME = re.compile(r"\s{0,20}:")


def quoted(text: str) -> Iterator[dict[str, Json]]:
    """In the order in which they stand. A name is no text."""
    for found in at_most(_TEXT.finditer(text), _MOST):
        said = _unescaped(found["double"] if found["double"] is not None else found["single"])
        if not _IS_NAME.match(text, found.end()):
            yield {found["name"] or "": said}


def _unescaped(written: str) -> str:
    try:
        return str(json.loads(f'"{written}"'))
    except ValueError:
        return written
