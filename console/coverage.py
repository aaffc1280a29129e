"""What a gateway says it has seen, read and passed on unread, from the status file its watchdog writes."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from appliance.authority_status import authority_trouble, revocation_trouble
from appliance.gateway_status import name_of
from appliance.library_status import library_trouble
from console.coverage_words import (
    AT_THE_FIREWALL,
    BYPASSED,
    CLEAR,
    CLOSED,
    DELIVERY,
    SEEN,
    TROUBLES,
    UNREAD,
    UPSTREAM,
)

STALE = timedelta(minutes=2)
"""A gateway writes every few seconds; one this silent is not running, or cannot write."""


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    name: str
    written_at: datetime | None = None
    since: datetime | None = None
    groups: tuple[Group, ...] = ()
    troubles: tuple[str, ...] = ()
    """What the gateway says is wrong with it, in sentences."""
    problem: str = ""
    """Why there is nothing to show, in a sentence; empty where there is."""


def read(file: Path) -> Coverage:
    """One gateway's counts. A missing or broken file is a problem to show, never an error."""
    name = name_of(file)
    try:
        return of(name, json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return of(name, {})
    except (OSError, ValueError):
        return of(name, None)


def of(name: str, report: object) -> Coverage:
    """``report``: what its watchdog wrote; empty where it never has."""
    if report == {}:
        return Coverage(name=name, problem="This gateway has not written its counts yet. Is it running?")
    try:
        if not isinstance(report, dict):
            raise ValueError("not a table")
        return _coverage(name, report)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Coverage(name=name, problem="This gateway’s counts cannot be read.")


def stale(coverage: Coverage, now: datetime) -> bool:
    return coverage.written_at is None or abs(now - coverage.written_at) > STALE


def _coverage(name: str, report: Mapping[str, Any]) -> Coverage:
    unread = _counts(report.get("unread"), UNREAD)
    sensor = found if isinstance(found := report.get("sensor"), dict) else {}
    size = report.get("bytes")
    seen = {**report, "megabytes": size // 1_000_000} if isinstance(size, int) else report
    if faults := sum(count.number for count in _counts(report.get("faults"), {})):
        unread = (*unread, Count("A fault of our own", faults))
    groups = (
        Group("Traffic", _counts({key: seen[key] for key in SEEN if key in seen}, SEEN)),
        Group("Connections in clear other than the web’s", _counts(report.get("conversations"), CLEAR)),
        Group("Passed on unread, or read in part", unread),
        Group("On the web’s port, and could not be opened", _counts(report.get("undecryptable"), CLOSED)),
        Group("Left alone on purpose", _counts(report.get("bypassed"), BYPASSED)),
        Group("Not opened, for the site’s certificate", _counts(report.get("upstream"), UPSTREAM)),
        Group("At the firewall, in connections", _counts(_at_the_firewall(report), AT_THE_FIREWALL)),
        Group(
            "Detections",
            _counts({key: sensor[key] for key in DELIVERY if key in sensor}, DELIVERY),
        ),
    )
    return Coverage(
        name=name,
        written_at=_time(report.get("at")),
        since=_time(report.get("since")),
        groups=tuple(group for group in groups if group.counts),
        troubles=(*_troubles(sensor), *_certificates(report)),
    )


def _at_the_firewall(report: Mapping[str, Any]) -> dict[str, int]:
    """Of all networks together: their counters are called "pupils-quic", "guests-quic"."""
    supervisor = found if isinstance(found := report.get("supervisor"), dict) else {}
    totals: Counter[str] = Counter()
    for name, number in _numbers(supervisor.get("counters")).items():
        totals[name.rpartition("-")[2]] += number
    return dict(totals)


def _numbers(group: Any) -> dict[str, int]:
    if not isinstance(group, Mapping):
        return {}
    return {str(key): n for key, n in group.items() if isinstance(n, int) and not isinstance(n, bool)}


def _troubles(sensor: Mapping[str, Any]) -> tuple[str, ...]:
    """Said in our words: an error's own may name an address."""
    stopped = ("A part of it has stopped.",) if sensor.get("running") is False else ()
    said = {key: sentence for key, sentence in TROUBLES.items() if sensor.get(key)}
    if library := library_trouble(sensor):
        said["library_error"] = library
    return (*stopped, *said.values())


def _certificates(report: Mapping[str, Any]) -> tuple[str, ...]:
    told = (
        authority_trouble(report.get("authority") or {}, datetime.now(UTC)),
        revocation_trouble(report.get("revocation") or {}),
    )
    return tuple(filter(None, told))


def _counts(group: Any, labels: Mapping[str, str]) -> tuple[Count, ...]:
    """The numbers of ``group``: those we know in our order, then a newer gateway's under their own names."""
    numbers = _numbers(group)
    known = [key for key in labels if key in numbers]
    others = sorted(numbers.keys() - labels.keys())
    return tuple(Count(labels.get(key, key.replace("-", " ").capitalize()), numbers[key]) for key in (*known, *others))


def _time(value: Any) -> datetime | None:
    at = datetime.fromisoformat(value) if isinstance(value, str) else None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
