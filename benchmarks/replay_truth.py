"""What a replay reads of a folder of captures, beside what tshark read of the same captures.

    .venv-gateway/bin/python -m benchmarks.replay_truth --captures FOLDER --truth FOLDER [--keys FOLDER] [--misses]

The second folder holds one JSON file a capture: `file`, `keys`, `http_requests` and `http2_requests` (method, host,
path), and `http_objects` (`bytes`, `sha256`, `head`). One replay reads all captures. A file counts for at most 50
requests. What tshark exported and is no body of a message (a connection's own bytes, nothing at all) is not counted.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from proxy_addons.replay.report import columns

HEADINGS = ("", "there are", "read", "ratio", "limit")
MOST = 50
"""Requests a file counts for."""
NO_BODY = re.compile(r"[^\r\n]*HTTP/[0-9.]+\s|SSH-|NICK |JOIN ", re.IGNORECASE)
"""How a connection's own bytes begin, where tshark took them for a body: heads, odd ones too, and other protocols."""
LIMITS = {"captures with every request": 0.97, "requests": 0.99, "bodies": 0.98}
DATAGRAMS = {"NOTIFY", "M-SEARCH"}
"""Methods of HTTP over UDP, by which devices find each other; nobody writes in it."""
PATIENCE = 1800
"""Seconds for all captures."""

Request = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    file: str
    asked: int
    """Requests there are."""
    unseen: list[Request] = field(default_factory=list)
    bodies: int = 0
    missing: list[dict[str, Any]] = field(default_factory=list)
    unread: str = ""
    """What the replay itself says it could not read."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--keys", type=Path, help="folder of key logs")
    parser.add_argument("--misses", action="store_true", help="print each")
    given = parser.parse_args()
    started = time.monotonic()
    ours, status = replayed(given.captures, sorted(given.keys.iterdir()) if given.keys else [])
    truths = [json.loads(path.read_text()) for path in sorted(given.truth.glob("*.json"))]
    compared = [compare(truth, ours[name]) for truth in truths if (name := Path(truth["file"]).name) in ours]
    print(f"{len(ours)} captures in {time.monotonic() - started:.0f} s, status {status}")
    print("\n".join(columns([HEADINGS, *rows(compared)], right=range(1, 5))))
    if given.misses:
        print("\n".join(misses(compared)))


def replayed(captures: Path, keys: list[Path]) -> tuple[dict[str, Any], int]:
    """What the replay says of each capture, by the file's name."""
    command = [sys.executable, "-m", "appliance.cli", "replay", "--json", *(f"--keylog={key}" for key in keys)]
    done = subprocess.run([*command, str(captures)], stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one["file"]).name: one for one in said}, done.returncode


def compare(truth: dict[str, Any], ours: dict[str, Any]) -> Compared:
    asked = [one for one in truth["http_requests"] if one[0] not in DATAGRAMS] + truth["http2_requests"]
    wanted = Counter(requested(*one) for one in asked)
    seen = [from_url(one["method"], one["url"]) for one in ours["requests"]]
    unasked = Counter(wanted)
    for one in seen:
        unasked[named(one, unasked)] -= 1
    unseen = list((+unasked).elements())
    bodies = [one for one in truth["http_objects"] if one["bytes"] and not NO_BODY.match(one["head"])]
    left = Counter(body["sha256"] for body in ours["bodies"])
    missing = []
    for body in bodies:
        if left[body["sha256"]]:
            left[body["sha256"]] -= 1
        else:
            missing.append(body)
    unread = "; ".join(f"{one['what']}: {one['reason']} ({one['count']})" for one in ours["unread"])
    return Compared(truth["file"], wanted.total(), unseen, len(bodies), missing, unread)


def requested(method: str, host: str, path: str) -> Request:
    """As tshark names it: a proxy's requests have the whole address for a path."""
    if method == "CONNECT":
        return method, "", path
    parts = urlsplit(path) if "://" in path.partition("?")[0] else None
    if parts:
        return method, host or parts.netloc, path.split("://", 1)[1].removeprefix(parts.netloc) or "/"
    return method, host, path


def from_url(method: str, url: str) -> Request:
    if method == "CONNECT":
        return method, "", url
    host, slash, path = url.partition("://")[2].partition("/")
    return method, host, slash + path


def named(one: Request, unasked: Counter[Request]) -> Request:
    """What tshark writes otherwise: no address for a host, no port, `*` for no path, nothing behind a space; and where
    a line has no path, nothing, or the version for one."""
    method, host, path = one
    paths = {"": ("*", ""), "/": ("/", "", "HTTP/1.1", "HTTP/1.0")}.get(path, (path, path.partition(" ")[0]))
    alike = ((method, name, each) for each in paths for name in (host, host.partition(":")[0], ""))
    return next((candidate for candidate in alike if unasked[candidate] > 0), one)


def rows(compared: list[Compared]) -> Iterator[tuple[str, ...]]:
    asking = [one for one in compared if one.asked]
    yield row("captures with every request", len(asking), sum(not one.unseen for one in asking))
    asked = sum(min(MOST, one.asked) for one in asking)
    yield row("requests", asked, asked - sum(min(MOST, len(one.unseen)) for one in asking))
    bodies = sum(one.bodies for one in compared)
    yield row("bodies", bodies, bodies - sum(len(one.missing) for one in compared))


def row(what: str, there: int, read: int) -> tuple[str, ...]:
    return what, str(there), str(read), f"{read / there:.3f}" if there else "-", str(LIMITS[what])


def misses(compared: list[Compared]) -> Iterator[str]:
    for one in compared:
        if one.unseen or one.missing:
            yield f"\n{one.file}: {len(one.unseen)} of {one.asked} requests, {len(one.missing)} of {one.bodies} bodies"
            yield from (f"  not seen: {' '.join(asked)[:150]}" for asked in one.unseen[:5])
            yield from (f"  no body: {body['bytes']} bytes, {body['head'][:50]!r}" for body in one.missing[:5])
            yield f"  unread: {one.unread[:600] or 'nothing'}"


if __name__ == "__main__":
    main()
