"""Whether a text says no more than who somebody is, what they believe or how they are: that raises nothing."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from detection.normalise import key

FILE = Path(__file__).with_name("bare_words.toml")
LONGEST = 120
"""Characters; more is a text that says something of its own."""

_Runs = frozenset[tuple[str, ...]]


def is_bare(text: str) -> bool:
    """The second opinion learned such words from what is said of people, and may read them as that."""
    if len(text) > LONGEST:
        return False
    words = tuple(key(text).split())
    return any(_holds(words, *runs) for runs in _lists().values())


def _holds(words: Sequence[str], named: _Runs, beside: _Runs, before: _Runs) -> bool:
    """Whether nothing stands there but these, and one of the ``named`` among them; ``before`` only at the beginning."""
    at, found = _longest(words, 0, before), False
    while at < len(words):
        size = _longest(words, at, named)
        found = found or size > 0
        size = size or _longest(words, at, beside)
        if not size:
            return False
        at += size
    return found


def _longest(words: Sequence[str], at: int, runs: _Runs) -> int:
    """Words of the longest run that begins there; 0 for none."""
    sizes = range(_most(runs), 0, -1)
    return next((size for size in sizes if tuple(words[at : at + size]) in runs), 0)


@cache
def _most(runs: _Runs) -> int:
    return max(map(len, runs), default=0)


@cache
def _lists() -> Mapping[str, tuple[_Runs, _Runs, _Runs]]:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return {
        name: (_runs(table["words"]), _runs(table["beside"]), _runs(table.get("before", [])))
        for name, table in tables.items()
    }


def _runs(words: list[str]) -> _Runs:
    return frozenset(tuple(key(word).split()) for word in words)
