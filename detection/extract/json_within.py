"""Every object within a JSON value that has certain keys, wherever it lies: for answers that bury what they say."""

from collections.abc import Iterator

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

_MOST = 300_000
"""Values looked at in one document."""


def holding(value: Json, *keys: str, outside: frozenset[str] = frozenset()) -> Iterator[dict[str, Json]]:
    """In the order of the document. What lies under one of the keys ``outside`` is not looked at."""
    stack, seen = [value], 0
    while stack:
        if seen >= _MOST:
            leave_out()
            return
        one, seen = stack.pop(), seen + 1
        if isinstance(one, dict):
            if all(key in one for key in keys):
                yield one
            stack += reversed([v for k, v in one.items() if isinstance(v, dict | list) and k not in outside])
        elif isinstance(one, list):
            stack += reversed([v for v in one if isinstance(v, dict | list)])
