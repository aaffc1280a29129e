"""``gatehouse library diff``: say what changed from one library to another."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from detection.library import Library, load
from detection.library_changes import Change, changes, report


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="a library's folder")
    parser.add_argument("new", type=Path, metavar="NEW", help="another's")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the list")


def run(arguments: argparse.Namespace) -> int:
    """0 the same, 1 different."""
    old, new = load(arguments.old), load(arguments.new)
    found = changes(old, new)
    print(_json(old, new, found) if arguments.json else _list(old, new, found))
    return 1 if found else 0


def _list(old: Library, new: Library, found: tuple[Change, ...]) -> str:
    versions = f"library {old.version} → {new.version}"
    if not found:
        return f"{versions}\nNothing changed."
    counts = Counter(each.kind for each in found)
    total = ", ".join(f"{counts[kind]} {kind}" for kind in dict.fromkeys(sorted(counts)))
    return f"{versions}\n{report(found)}\n{total}."


def _json(old: Library, new: Library, found: tuple[Change, ...]) -> str:
    rows = [asdict(each) for each in found]
    return json.dumps({"old": old.version, "new": new.version, "changes": rows}, ensure_ascii=False, indent=2)
