"""Reading the phrase library: every check that a phrase must pass, with the file and the line where it does not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detection.library import Category, Library, LibraryError, Phrase, Stage, Voice, Words, phrase_of
from detection.observation import AgeBand, Channel, Direction
from detection.pattern import PatternError, ways
from detection.toml_file import read
from detection.word_lists import FILE as WORD_LISTS
from detection.word_lists import read_lists, read_parts, unknown_lists

SHORTEST = 3
"""Letters of a folded phrase; anything shorter is found everywhere."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADING = re.compile(r"""\s*\[+\s*["']?([^"'\]]*?)["']?\s*\]""")
_SINGLE = {
    "text": str, "severity": int, "gloss": str, "embedded": bool, "within": int, "voice": str, "stage": str,
    "weight": int,
}  # fmt: skip
_LISTS = ("near", "also", "unless", "channels", "ages", "hits", "misses")
_KNOWN: dict[str, set[str]] = {
    "ages": {str(band) for band in AgeBand},
    "channels": {str(each) for kind in (Channel, Direction) for each in kind},
    "voice": {str(voice) for voice in Voice},
    "stage": {str(stage) for stage in Stage},
}
_RANGES = {"severity": (1, 5), "within": (1, 50), "weight": (1, 100)}


def read_folder(folder: Path) -> Library:
    if not folder.is_dir():
        raise LibraryError(f"{folder}: {'is no folder' if folder.exists() else 'there is no such folder'}")
    try:
        files = sorted(file for file in folder.glob("*/*.toml") if file.is_file())
    except OSError as e:
        raise LibraryError(f"{folder}: cannot be read: {e.strerror}") from e
    words = read_lists(file for file in files if file.name == WORD_LISTS)
    phrases = tuple(phrase for file in files if file.name != WORD_LISTS for phrase in _read_file(file, words))
    if not phrases:
        raise LibraryError(f"{folder}: holds no phrases (expected <language>/<category>.toml)")
    return Library(phrases, words)


def _complete(library: Library) -> Library:
    for phrase in library.phrases:
        for name in unknown_lists(phrase, library.words):
            raise LibraryError(f"{phrase.id}: {_no_list(name)}")
    return library


def _no_list(name: str) -> str:
    return f"no list of words is called {name} in its language's {WORD_LISTS}"


def read_rows(table: object) -> Library:
    """The library of ``{"phrases": [{"id", "category", ...}], "words": {"en.weapon": [...]}}``."""
    rows = table.get("phrases") if isinstance(table, dict) else None
    if not isinstance(rows, list):
        raise LibraryError("library: must be an object with a list of phrases")
    phrases = tuple(_read_row(row, f"library, phrase {number}") for number, row in enumerate(rows, 1))
    seen: set[str] = set()
    for phrase in phrases:
        if phrase.id in seen:
            raise LibraryError(f"library, {phrase.id}: the id is used twice")
        seen.add(phrase.id)
    return _complete(Library(phrases, read_parts(table.get("words", {}) if isinstance(table, dict) else {})))


def _read_file(file: Path, words: Words) -> Iterator[Phrase]:
    category = _category(file)
    source, tables = read(file, LibraryError)
    first: dict[str, str] = {}
    headings = _headings(source)
    for name, table in tables.items():
        where = f"{file}, line {headings.get(name, 1)}: [{name}]"
        if not _NAME.fullmatch(name):
            raise LibraryError(f"{where}: a name is lower-case letters, digits and hyphens")
        phrase = _phrase(f"{file.parent.name}.{category}.{name}", category, table, where, source, name)
        for unknown in unknown_lists(phrase, words):
            raise LibraryError(f"{where}: {_no_list(unknown)}")
        folded = ways(phrase.text)
        if all(way in first for way in folded):
            raise LibraryError(f"{where}: text: the same as [{first[folded[0]]}]")
        first |= dict.fromkeys(folded, name)
        yield phrase


def _category(file: Path) -> Category:
    if not _LANGUAGE.fullmatch(file.parent.name):
        raise LibraryError(f"{file}: the folder must be a language, such as en")
    if file.stem not in set(Category):
        raise LibraryError(f"{file}: unknown category; known are {', '.join(sorted(Category))}")
    return Category(file.stem)


def _read_row(row: object, where: str) -> Phrase:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or row.get("category") not in set(Category):
        raise LibraryError(f"{where}: must be an object with an id and a known category")
    table = {name: value for name, value in row.items() if name not in ("id", "category")}
    return _phrase(row["id"], Category(row["category"]), table, f"{where} ({row['id']})")


def _phrase(id_: str, category: Category, table: object, where: str, source: str = "", name: str = "") -> Phrase:
    fault = _fault(table)
    if fault or not isinstance(table, dict):
        field, reason = fault or ("", "must be a table")
        line = _line(source, name, field)
        place = re.sub(r"line \d+", f"line {line}", where) if source else where
        raise LibraryError(f"{place}: {field}: {reason}" if field else f"{place}: {reason}")
    return phrase_of({**table, "id": id_, "category": category})


def _fault(table: object) -> tuple[str, str] | None:
    """The first field that is not right, and why."""
    if not isinstance(table, dict):
        return "", "must be a table"
    faults = (*_wrong_types(table), *_missing(table), *_wrong_values(table))
    return next(iter(faults), None)


def _wrong_types(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, value in table.items():
        if field in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
                yield field, "must be a list of texts"
        elif field not in _SINGLE:
            yield field, f"unknown; known here: {', '.join((*_SINGLE, *_LISTS))}"
        elif type(value) is not _SINGLE[field]:
            kinds = {str: "a text", int: "a whole number", bool: "true or false"}
            yield field, f"must be {kinds[_SINGLE[field]]}"


def _missing(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("text", "severity", "gloss", "hits"):
        if not table.get(field) and table.get(field) != 0:
            yield field, "is required and missing"


def _wrong_values(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, (least, most) in _RANGES.items():
        if isinstance(table.get(field), int) and not least <= table[field] <= most:
            yield field, f"must be {least} to {most}"
    if isinstance(table.get("text"), str):
        yield from _wrong_text(table["text"])
    if isinstance(table.get("gloss"), str) and not table["gloss"].strip():
        yield "gloss", "is required and missing"
    for field, known in _KNOWN.items():
        said = table.get(field, [])
        if not known.issuperset([said] if isinstance(said, str) else map(str, said)):
            yield field, f"known are {', '.join(sorted(filter(None, known)))}"


def _wrong_text(text: str) -> Iterator[tuple[str, str]]:
    try:
        shortest = min(map(len, ways(text)))
    except PatternError as e:
        yield "text", str(e)
        return
    if shortest < SHORTEST:
        yield "text", f"fewer than {SHORTEST} letters are left of it, too short to look for"


def _headings(source: str) -> dict[str, int]:
    """Where each table's heading stands: tomllib does not say. Of all at once, for a file may have thousands."""
    headings: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if found := _HEADING.match(line):
            headings.setdefault(found[1], number)
    return headings


def _line(source: str, name: str, field: str = "") -> int:
    """Where the field stands, or else the heading of its table."""
    lines, start = source.splitlines(), _headings(source).get(name, 1)
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("["):
            break
        if field and re.match(rf"""\s*["']?{re.escape(field)}["']?\s*=""", line):
            return number
    return start
