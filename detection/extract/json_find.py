"""Find objects in a JSON value by a key they have, however deep they lie."""

from collections.abc import Iterator

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

_MOST_LOOKS = 500_000
"""Values looked at."""
_MOST = 5000
"""Objects found."""


def objects_with(value: Json, key: str, *, without: tuple[str, ...] = ()) -> Iterator[dict[str, Json]]:
    """Every object that has ``key``, in the order they stand; nothing of an object where one of ``without`` says
    something (an advertisement's mark)."""
    stack, looked, found = [value], 0, 0
    while stack:
        if looked >= _MOST_LOOKS or found >= _MOST:
            leave_out()
            return
        one = stack.pop()
        looked += 1
        if isinstance(one, list):
            stack += reversed(one)
        elif isinstance(one, dict) and not any(one.get(mark) for mark in without):
            if key in one:
                found += 1
                yield one
            stack += reversed(one.values())
