"""Show lists in lines a person can read."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from detection.unopened.entry import Entry
from detection.unopened.layers import Layer
from proxy_addons.bypass_commands.checks import closable
from proxy_addons.bypass_commands.kept_lists import KeptLists


def show(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    layers = [Layer(arguments.layer)] if arguments.layer else list(Layer)
    return "\n\n".join("\n".join(_of_layer(lists, layer, now)) for layer in layers)


def _of_layer(lists: KeptLists, layer: Layer, now: datetime) -> Iterator[str]:
    entries = lists.layers.entries(layer)
    yield f"{layer}: {len(entries)} hosts"
    for ground, among in groupby(sorted(entries, key=lambda e: (_ground(e), e.domain)), _ground):
        yield f"  {ground}"
        yield from (f"    {entry.domain}{_ended(entry, now)}" for entry in among)


def _ground(entry: Entry) -> str:
    parts = [f"{'opened' if entry.opened else 'closed'}, {entry.reason}: {entry.why}"]
    parts += [f"Source: {entry.source}"] if entry.source else []
    parts += [f"By {entry.by}" + (f" on {entry.at}" if entry.at else "")] if entry.by else []
    parts += [f"Until {entry.until}"] if entry.until else []
    return " | ".join(parts)


def _ended(entry: Entry, now: datetime) -> str:
    return "" if entry.counts(now.date()) else " (has run out)"


def check(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    return "\n".join(_checked(lists, host) for host in arguments.host)


def _checked(lists: KeptLists, host: str) -> str:
    found = lists.layers.decision(host)
    if found:
        entry = found.entry
        state = "opened" if entry.opened else "left closed"
        return f"{host}: {state} by the list called {found.layer}, entry {entry.domain} ({entry.reason}). {entry.why}"
    try:
        closable(host, even_so=False)
    except ValueError as e:
        return f"{host}: opened; no list says anything of it. To add it would be refused: {e}"
    return f"{host}: opened; no list says anything of it. It could be added."
