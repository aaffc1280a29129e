"""Every JSON value in a text: alone, behind a guard such as ``)]}'``, a line each, or among other lines; of one that
breaks off what had come of it."""

import json
import re
from collections.abc import Iterator

from detection.extract.cut_json import is_cut, up_to_the_cut
from detection.extract.limits import leave_out

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_START = re.compile(r"[{\[]")
_MOST_FAILURES = 20
"""A failed attempt can read to the end of the text; more of them would be quadratic."""
_MOST_DOCUMENTS = 5000


def documents(text: str) -> Iterator[Json]:
    try:
        yield json.loads(text)
    except (ValueError, RecursionError):
        yield from _scattered(text)


def _scattered(text: str) -> Iterator[Json]:
    decoder, at, failures, found = json.JSONDecoder(), 0, 0, 0
    while start := _START.search(text, at):
        if failures >= _MOST_FAILURES or found >= _MOST_DOCUMENTS:
            if found:  # else it is no JSON, and read as something else
                leave_out()
            return
        try:
            value, at = decoder.raw_decode(text, start.start())
            found += 1
            yield value
        except RecursionError:  # and from each of its brackets on it would be nearly as deep
            failures += 1
            at = text.find("\n", start.end()) + 1 or len(text)
        except ValueError as e:
            if isinstance(e, json.JSONDecodeError) and is_cut(e) and (value := up_to_the_cut(text, start.start())):
                yield value
                return
            failures += 1
            at = start.start() + 1
