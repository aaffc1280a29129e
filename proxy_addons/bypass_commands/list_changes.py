"""Add to a list, take out of it, write it out, and take another's in after showing what would change."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from detection.unopened.entry import Entry, domain
from detection.unopened.layers import Layer
from detection.unopened.list_file import load, written
from proxy_addons.bypass_commands.checks import closable, openable
from proxy_addons.bypass_commands.kept_lists import KeptLists

SOON = "Workers take it up within seconds."
PAST = "On the box, run gatehouse provision once: what is left closed may go past the workers altogether until then."


def add(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    layer, opened = Layer(arguments.layer), arguments.opened
    names = [
        openable(text, lists.layers) if opened else closable(text, even_so=arguments.even_so) for text in arguments.host
    ]
    with lists.changing(layer) as entries:
        for name in names:
            entries[name] = Entry(
                domain=name,
                reason=arguments.reason,
                why=arguments.why,
                source=arguments.source,
                opened=opened,
                by=arguments.by,
                at=now.date(),
                until=arguments.until,
            )
    _note(lists, arguments, now, "open" if opened else "close", names)
    done = "is opened" if opened else "is left closed"
    until = f" until {arguments.until}" if arguments.until else ""
    after = [SOON, PAST] if opened else [SOON]
    return "\n".join([*(f"{name} {done}{until}, with everything below it." for name in names), *after])


def remove(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    layer, names = Layer(arguments.layer), [domain(text) for text in arguments.host]
    with lists.changing(layer) as entries:
        for name in names:
            if name not in entries:
                raise ValueError(f"{name}: {_instead(lists, layer, name)}")
            del entries[name]
    _note(lists, arguments, now, "remove", names)
    return "\n".join([*(f"{name} is off the {layer}'s list." for name in names), SOON])


def _instead(lists: KeptLists, layer: Layer, name: str) -> str:
    found = lists.layers.decision(name)
    if found is None or found.entry.opened:
        return f"stands not on the {layer}'s list"
    where = f"{found.entry.domain} stands on the list called {found.layer}"
    return f"stands not on the {layer}'s list; {where}: gatehouse bypass add {name} --opened reads it all the same"


def export(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    entries = lists.layers.entries(Layer(arguments.layer))
    text = written(entries, f"The {arguments.layer}'s list of what is left closed, {now:%Y-%m-%d}.")
    if str(arguments.file) == "-":
        return text.rstrip("\n")
    arguments.file.write_text(text, "utf-8")
    return f"{arguments.file}: {len(entries)} hosts"


def take_in(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    """All of it or, where one host will not do, nothing."""
    new = _checked(lists, arguments.file, even_so=arguments.even_so)
    with lists.changing(Layer(arguments.layer)) as entries:
        difference = _difference(entries, new, replacing=arguments.replace)
        if arguments.dry_run or not difference:
            return "\n".join((*difference, "Nothing was changed." if difference else "Nothing is different."))
        if not arguments.why:
            raise ValueError("say --why, which is kept with the change; --dry-run only shows it")
        if arguments.replace:
            entries.clear()
        entries.update(new)
    _note(lists, arguments, now, "import", sorted(new))
    return "\n".join((*difference, SOON))


def _checked(lists: KeptLists, file: Path, *, even_so: bool) -> dict[str, Entry]:
    found, wrong = dict[str, Entry](), list[str]()
    for entry in load(file):
        try:
            name = openable(entry.domain, lists.layers) if entry.opened else closable(entry.domain, even_so=even_so)
        except ValueError as e:
            wrong.append(str(e))
        else:
            found[name] = replace(entry, domain=name)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        raise ValueError(f"{file}: {len(wrong)} of its hosts will not do, so nothing was taken in")
    return found


def _difference(old: Mapping[str, Entry], new: Mapping[str, Entry], *, replacing: bool) -> list[str]:
    lines = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            lines.append(f"+ {name} ({_state(after)})")
        elif after is None and replacing and before is not None:
            lines.append(f"- {name} ({_state(before)})")
        elif after is not None and before is not None and before != after:
            lines.append(f"~ {name} ({_state(before)} → {_state(after)})")
    return lines


def _state(entry: Entry) -> str:
    until = f" until {entry.until}" if entry.until else ""
    return f"{'opened' if entry.opened else 'closed'}: {entry.reason}{until}"


def _note(lists: KeptLists, arguments: argparse.Namespace, now: datetime, act: str, names: list[str]) -> None:
    what = {"by": arguments.by, "layer": arguments.layer, "act": act, "why": arguments.why, "hosts": names}
    lists.note(now, what)
