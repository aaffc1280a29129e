"""Reach into a JSON value by a path such as ``messages[].content.parts[]``.

A name is a key of an object, ``[]`` each value of a list, ``[2]`` one of them, ``{}`` each value of an object, and a
string that is JSON itself is opened where the path goes on into it.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from detection.extract.json_documents import Json
from detection.extract.limits import at_most

_STEP = re.compile(r"\[(?P<index>-?\d*)\]|(?P<all>\{\})|(?P<key>[^.\[\]{}]+)")
_MOST = 5000
"""Values that one path finds."""


def at(value: Json, path: str) -> Iterator[Json]:
    """Every value the path leads to; nothing where it leads nowhere. The empty path leads to ``value`` itself."""
    found = iter([value])
    for step in _steps(path):
        found = _next(found, step)
    yield from at_most(found, _MOST)


def first(value: Json, path: str) -> str:
    """The first string (or number, as one) that one of the paths leads to, in the order named: ``a.b|c`` is two."""
    for alternative in path.split("|") if path else ():
        for found in at(value, alternative):
            if isinstance(found, str) and found.strip():
                return found.strip()
            if isinstance(found, int) and not isinstance(found, bool):
                return str(found)
    return ""


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str | int | None, ...]:
    """A key, an index, or None for every value."""
    steps: list[str | int | None] = []
    for found in _STEP.finditer(path):
        if found["key"] is not None:
            steps.append(found["key"])
        else:
            steps.append(int(found["index"]) if found["index"] else None)
    return tuple(steps)


def _next(values: Iterator[Json], step: str | int | None) -> Iterator[Json]:
    for value in map(_opened, values):
        if step is None and isinstance(value, list):
            yield from value
        elif step is None and isinstance(value, dict):
            yield from value.values()
        elif isinstance(step, str):
            if isinstance(value, dict) and step in value:
                yield value[step]
        elif step is not None and isinstance(value, list) and -len(value) <= step < len(value):
            yield value[step]


def _opened(value: Json) -> Json:
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        opened: Json = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return opened
