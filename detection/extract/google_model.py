"""The commands in which Google's document editor keeps and sends a text, as edits of one place or another.

Source: how the commands ``is`` (insert: ``ibi``, ``s``), ``ds`` (delete: ``si`` to ``ei``, both included), ``mlti``
(several: ``mts``) and ``nm`` (inside a tab: ``nmr``, ``nmc``) build up a text is described by James Somers, "How I
reverse engineered Google Docs" (features.jsomers.net), and by what Writing Observer (ETS-Next-Gen/writing_observer)
does with them; so is ``iss``, an insertion somebody suggests.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from detection.extract.edit import Edit
from detection.extract.json_documents import Json
from detection.extract.limits import at_most, leave_out

MAIN = ""
"""The tab of a document that has no others."""

_FIRST_TAB = "t.0"
_DEEPEST = 20
_MOST_EDITS = 20_000
_FURTHEST = 1 << 31
_MARKS = re.compile(r"[\x00-\x08\x0b-\x1f\ue000-\uf8ff]")
"""What the editor keeps tables, pictures and chips by; each takes one place."""


def edits_by_tab(commands: Iterable[Json], tab: str = MAIN) -> dict[str, list[Edit]]:
    """``tab`` is where a command belongs that names none."""
    found: dict[str, list[Edit]] = {}
    for place, edit in at_most(_edits(commands, _tab([tab]), 0), _MOST_EDITS):
        found.setdefault(place, []).append(edit)
    return found


def _edits(commands: Iterable[Json], tab: str, depth: int) -> Iterator[tuple[str, Edit]]:
    for command in commands:
        if depth > _DEEPEST:
            leave_out()
            return
        if not isinstance(command, dict):
            continue
        match command:
            case {"ty": "mlti", "mts": [*several]}:
                yield from _edits(several, tab, depth + 1)
            case {"ty": "nm", "nmr": [*names], "nmc": inner}:
                yield from _edits([inner], _tab(names, tab), depth + 1)
            case _:
                if edit := _edit(command):
                    yield tab, edit


def _edit(command: dict[str, Json]) -> Edit | None:
    match command:
        case {"ty": "is" | "iss", "ibi": at, "s": str(text)} if _is_place(at):
            return Edit(at, _MARKS.sub("\n", text))
        case {"ty": "ds", "si": first, "ei": last} if _is_place(first) and _is_place(last) and first <= last:
            return Edit(first, removed=last - first + 1)
    return None


def _is_place(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _FURTHEST


def _tab(names: list[Json], otherwise: str = MAIN) -> str:
    """The last one named."""
    tab = next((name for name in reversed(names) if isinstance(name, str) and name.startswith("t.")), otherwise)
    return MAIN if tab == _FIRST_TAB else tab
