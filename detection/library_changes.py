"""What changed from one phrase library to another, in words a reviewer can weigh."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import groupby

from detection.library import Library, Phrase

Value = str | int | bool | tuple[str, ...] | None
WORDS = "words"
"""Stands for the category where a list of words is meant, as its file does."""


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REGRADED = "re-graded"
    REWORDED = "re-worded"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one phrase, or all of it; or one list of words."""

    kind: Kind
    language: str
    category: str
    """Or ``words``."""
    id: str
    """The phrase's, or the list's, such as ``en.weapon``."""
    severity: int = 0
    """The phrase's, now or, where it was removed, before; 0 for a list."""
    field: str
    """``text`` where all of a phrase was added or removed, ``words`` of a list."""
    before: Value = None
    """None where there was none."""
    after: Value = None

    def __str__(self) -> str:
        name = self.id.split(".", 1 if self.category == WORDS else 2)[-1]
        return f"{self.kind} [{name}]{_detail(self)}"


def changes(old: Library, new: Library) -> tuple[Change, ...]:
    """None exactly where the versions are the same. By language and category, then kind, then id."""
    found = (*_phrase_changes(old, new), *_word_changes(old, new))
    kinds = list(Kind)
    return tuple(sorted(found, key=lambda each: (each.language, each.category, kinds.index(each.kind), each.id)))


def report(found: tuple[Change, ...]) -> str:
    """A heading for each language and category, and a line for each change."""
    lines = list[str]()
    for (language, category), group in groupby(found, key=lambda each: (each.language, each.category)):
        lines += [f"{language}/{category}", *(f"  {each}" for each in group)]
    return "\n".join(lines)


def _phrase_changes(old: Library, new: Library) -> Iterator[Change]:
    earlier, later = ({phrase.id: phrase for phrase in library.phrases} for library in (old, new))
    for id_ in earlier.keys() | later.keys():
        before, after = earlier.get(id_), later.get(id_)
        if before and after:
            yield from _field_changes(before, after)
        elif after:
            yield _change(after, Kind.ADDED, "text", None, after.text)
        elif before:
            yield _change(before, Kind.REMOVED, "text", before.text, None)


def _field_changes(before: Phrase, after: Phrase) -> Iterator[Change]:
    kinds = {"severity": Kind.REGRADED, "text": Kind.REWORDED}
    for name in (field.name for field in fields(Phrase)):
        was, is_ = getattr(before, name), getattr(after, name)
        if was != is_:
            yield _change(after, kinds.get(name, Kind.CHANGED), name, was, is_)


def _change(phrase: Phrase, kind: Kind, field: str, before: Value, after: Value) -> Change:
    return Change(
        kind=kind,
        language=phrase.language,
        category=phrase.category,
        id=phrase.id,
        severity=phrase.severity,
        field=field,
        before=before,
        after=after,
    )


def _word_changes(old: Library, new: Library) -> Iterator[Change]:
    for id_ in old.words.keys() | new.words.keys():
        before, after = old.words.get(id_), new.words.get(id_)
        if before != after:
            kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
            language = id_.partition(".")[0]
            yield Change(kind=kind, language=language, category=WORDS, id=id_, field=WORDS, before=before, after=after)


def _detail(change: Change) -> str:
    before, after = change.before, change.after
    if isinstance(before or after, tuple):
        return f" {change.field}: {_items(before, after)}"
    match change.kind:
        case Kind.ADDED | Kind.REMOVED:
            return f" “{after or before}”, severity {change.severity}"
        case Kind.REGRADED:
            return f" {before} → {after}"
        case Kind.REWORDED:
            return f" “{before}” → “{after}”"
    return f" {change.field}: {_shown(before)} → {_shown(after)}"


def _items(before: Value, after: Value) -> str:
    was, is_ = (value if isinstance(value, tuple) else () for value in (before, after))
    signed = [f"+ “{each}”" for each in is_ if each not in was] + [f"− “{each}”" for each in was if each not in is_]
    return ", ".join(signed) or "the same in another order"


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else f"“{value}”" if value else "nothing"
