"""Where a setting stands in its file: tomllib does not say."""

import re
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]
"""Table and key names from the outside in; a number counts the tables of an array from 0."""

_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADING = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def line_of(text: str, path: KeyPath) -> int | None:
    """The line (from 1) of the setting, or else of the innermost table around it."""
    around = [(len(found), -number) for number, found in _places(text) if found == path[: len(found)]]
    return -max(around)[1] if around else None


def spelt(path: KeyPath) -> str:
    """``listeners[1].port``"""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _places(text: str) -> Iterator[tuple[int, KeyPath]]:
    table: KeyPath = ()
    arrays: dict[KeyPath, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            plain = _parts(heading[2])
            if heading[1] == "[[":
                arrays[plain] = arrays.get(plain, -1) + 1
            table = _inside(arrays, plain)
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key[1]))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _inside(arrays: dict[KeyPath, int], plain: tuple[str, ...]) -> KeyPath:
    """The heading's path, each array on the way with the number of its table now open."""
    path: list[str | int] = []
    for depth, name in enumerate(plain, 1):
        path.append(name)
        if plain[:depth] in arrays:
            path.append(arrays[plain[:depth]])
    return tuple(path)
