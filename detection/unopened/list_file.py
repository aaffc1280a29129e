"""Read and write a list of hosts: groups with one reason, one ground, one decision."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from detection.settings import SettingsError
from detection.toml_file import read
from detection.unopened.entry import Entry, domain

SHIPPED = Path(__file__).with_name("shipped.toml")
_TEXTS = ("reason", "why", "source", "by")
_DAYS = ("at", "until")
_KNOWN = frozenset((*_TEXTS, *_DAYS, "domains", "opened"))
_WIDTH = 120


def load(file: Path) -> tuple[Entry, ...]:
    """Raises SettingsError, which says in one line which group is wrong, and how."""
    _, table = read(file, SettingsError)
    if unknown := sorted(table.keys() - {"group"}):
        raise SettingsError(f"{file}: {unknown[0]}: unknown; a list holds [[group]] tables")
    groups = table.get("group", [])
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise SettingsError(f"{file}: group: must be [[group]] tables, each with reason, why and domains")
    entries = dict[str, Entry]()
    for number, group in enumerate(groups, 1):
        try:
            for entry in _entries(group):
                if entry.domain in entries:
                    raise ValueError(f"{entry.domain} stands in the list twice")
                entries[entry.domain] = entry
        except ValueError as e:
            raise SettingsError(f"{file}: group {number}: {e}") from e
    return tuple(entries.values())


def _entries(group: Mapping[str, Any]) -> Iterable[Entry]:
    if unknown := sorted(group.keys() - _KNOWN):
        raise ValueError(f"{unknown[0]}: unknown; known here: {', '.join(sorted(_KNOWN))}")
    for name, kind, spelt in (
        *((t, str, "a text") for t in _TEXTS),
        *((d, date, "a day such as 2027-07-31") for d in _DAYS),
    ):
        if name in group and not isinstance(group[name], kind):
            raise ValueError(f"{name} must be {spelt}")
    for name in ("reason", "why"):
        if not group.get(name, "").strip():
            raise ValueError(f"{name} is required: whoever reads the list must see it")
    domains, opened = group.get("domains"), group.get("opened", False)
    if not isinstance(domains, list) or not domains or not all(isinstance(each, str) for each in domains):
        raise ValueError("domains must be a list of host names")
    if not isinstance(opened, bool):
        raise ValueError("opened must be true or false")
    rest = {name: group[name] for name in (*_TEXTS, *_DAYS) if name in group}
    return [Entry(domain=domain(each), opened=opened, **rest) for each in domains]


def written(entries: Iterable[Entry], opening: str = "") -> str:
    """A file that ``load`` reads as these entries; ``opening``: a first line for whoever looks into it."""

    def ground(entry: Entry) -> tuple[str, ...]:
        return tuple(_lines(entry))

    ordered = sorted(entries, key=lambda entry: (ground(entry), entry.domain))
    groups = ["\n".join(("[[group]]", *lines, _domains(among))) for lines, among in groupby(ordered, ground)]
    return "\n\n".join(([f"# {opening}"] if opening else []) + groups) + "\n"


def _lines(entry: Entry) -> Iterable[str]:
    for name in _TEXTS:
        if text := getattr(entry, name):
            yield f"{name} = {_text(text)}"
    for name in _DAYS:
        if day := getattr(entry, name):
            yield f"{name} = {day.isoformat()}"
    if entry.opened:
        yield "opened = true"


def _domains(entries: Iterable[Entry]) -> str:
    lines, line = ["domains = ["], "   "
    for entry in entries:
        item = f' "{entry.domain}",'
        if len(line + item) > _WIDTH:
            lines, line = [*lines, line], "   "
        line += item
    return "\n".join((*lines, line, "]"))


def _text(text: str) -> str:
    """What JSON escapes TOML reads alike, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
