"""A library as the files it is read from."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields

from detection.library import Library, Phrase
from detection.word_lists import FILE as WORD_LISTS

ALWAYS = ("text", "severity", "gloss", "hits")
"""A phrase says these; of the others only what is not as usual."""


def files(library: Library, heading: str) -> Mapping[str, str]:
    """The content by path below the library's folder; ``heading`` is the comment on top of each file."""
    tables = defaultdict[str, list[str]](list)
    for phrase in library.phrases:
        language, _, name = phrase.id.split(".", 2)
        tables[f"{language}/{phrase.category}.toml"].append(table(name, dict(_said(phrase))))
    for listed, words in library.words.items():
        language, name = listed.split(".", 1)
        tables[f"{language}/{WORD_LISTS}"].append(table(name, {"words": words}))
    return {path: "\n\n".join((f"# {heading}", *tables[path])) + "\n" for path in sorted(tables)}


def table(name: str, values: Mapping[str, object]) -> str:
    return "\n".join((f"[{name}]", *(f"{field} = {_value(value)}" for field, value in values.items())))


def _said(phrase: Phrase) -> Iterator[tuple[str, object]]:
    for field in fields(phrase):
        value = getattr(phrase, field.name)
        if field.name not in ("id", "category") and (
            field.name in ALWAYS or field.default is MISSING or value != field.default
        ):
            yield field.name, value


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(value: str) -> str:
    """TOML's basic strings are JSON's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
