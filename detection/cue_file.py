"""Reading a language's cues: every check a file must pass, with the place where it does not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detection import toml_file
from detection.normalise import key

Words = Mapping[str, tuple[str, ...]]
"""Folded as texts are, by table and list: ``{"negation.before": ("not", ...)}``."""
_SINGLE, _RUNS = True, False
_LISTS = {
    "negation.before": _SINGLE, "negation.across": _SINGLE, "negation.seeming": _RUNS,
    "person.subject": _SINGLE, "person.own": _SINGLE, "person.aimed": _SINGLE,
    "help.words": _RUNS,
    "settings.study": _RUNS, "settings.news": _RUNS, "settings.fiction": _RUNS,
    "distance.before": _RUNS,
}  # fmt: skip
"""What every language has; whether single words only."""
_MORE = {
    "negation.after": _SINGLE, "negation.back-across": _SINGLE, "negation.seeming-after": _RUNS,
    "distance.after": _RUNS,
    "counter-speech.repeats": _SINGLE, "counter-speech.across": _SINGLE, "counter-speech.rejects": _RUNS,
    "counter-speech.agrees": _RUNS,
}  # fmt: skip
"""What a language may leave out."""
_ALL = _LISTS | _MORE


def read(file: Path) -> Words:
    """Raises ValueError."""
    tables = _tables(file)
    given = {f"{table}.{name}": words for table, lists in tables.items() for name, words in lists.items()}
    for name in given:
        if name not in _ALL:
            raise ValueError(f"{file}: {_place(name)}: unknown; known are {', '.join(_ALL)}")
    for name in _LISTS:
        if name not in given:
            raise ValueError(f"{file}: {_place(name)}: missing; every language needs it")
    return {name: _words(given.get(name, []), single, f"{file}: {_place(name)}") for name, single in _ALL.items()}


def _tables(file: Path) -> dict[str, dict[str, Any]]:
    _, tables = toml_file.read(file, ValueError)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{file}: {name}: must stand in a table, such as [negation]")
    return tables


def _words(words: object, single: bool, where: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{where}: must be a list of texts")
    folded = [(word, key(word)) for word in words]
    for word, text in folded:
        if not text:
            raise ValueError(f"{where}: “{word}” holds no letter")
        if single and " " in text:
            raise ValueError(f"{where}: “{word}” must be one word: this list is compared word by word")
    return tuple(dict.fromkeys(text for _, text in folded))


def _place(name: str) -> str:
    table, _, words = name.partition(".")
    return f"[{table}] {words}"
