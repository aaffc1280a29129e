"""What is wrong with a gateway, by the status file its watchdog writes every few seconds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from appliance import supervisor_status
from appliance.authority_status import authority_trouble, revocation_trouble
from appliance.bypass_status import learned_trouble, list_trouble
from appliance.library_status import library_trouble
from detection.json_object import WireError, parse_time

STALE = timedelta(seconds=60)
STUCK = timedelta(minutes=15)
"""A detection that waits this long does not get through."""
MISSED = ("timeout", "overload")
"""Reasons for passing something unread that are ours, not the traffic's."""
UNSAID, UNREADABLE = "has not written its status; is it running?", "wrote a status that cannot be read."


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    kind: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What must not rise."""

    faults: int = 0
    missed: int = 0
    lost: int = 0
    closed: int = 0
    """Connections that could not be opened, in networks that want to be told."""
    deaths: int = 0
    past: int = 0
    """Connections that should have been read and found no worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    counts: Counts
    troubles: tuple[Trouble, ...] = field(default=())


def read(file: Path, before: Counts | None, now: datetime) -> Reading:
    """``before``: the counts read last. Lower ones now mean that the gateway started again."""
    name = name_of(file)
    try:
        status = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return _only(before, _silent(name, UNSAID))
    except (OSError, ValueError):
        return _only(before, _silent(name, UNREADABLE))
    return judged(name, status, before, now)


def judged(name: str, status: Any, before: Counts | None, now: datetime) -> Reading:
    """``status``: what its watchdog wrote; empty where it never has."""
    if status == {}:
        return _only(before, _silent(name, UNSAID))
    try:
        at = parse_time(status["at"], "at")
        counts = _counts(status)
        certificates = _certificates(name, status, now)
        box = (*_box(name, status.get("supervisor") or {}), *_left_closed(name, status))
        sensor = _sensor(name, status.get("sensor") or {}, now)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, WireError):
        return _only(before, _silent(name, UNREADABLE))
    if abs(now - at) > STALE:  # what was written in times to come was written before the clock was set back
        return _only(before, _silent(name, f"has not been heard of since {at:%Y-%m-%d %H:%M} UTC."))
    return Reading(counts=counts, troubles=(*sensor, *certificates, *box, *_rising(name, before, counts)))


def name_of(file: Path) -> str:
    return file.parent.name if file.stem == "status" else file.stem


def in_words(name: str) -> str:
    """A box's own gateway is called just that."""
    return "The gateway" if name == "gateway" else f"The gateway {name}"


def _only(before: Counts | None, trouble: Trouble) -> Reading:
    return Reading(counts=before or Counts(), troubles=(trouble,))


def _silent(name: str, what: str) -> Trouble:
    body = f"{in_words(name)} {what} While it does not run, nothing on its network is monitored."
    return Trouble(kind="silent", subject=f"{in_words(name)} is silent", body=body)


def _counts(status: dict[str, Any]) -> Counts:
    unread, sensor = status.get("unread", {}), status.get("sensor") or {}
    supervisor = status.get("supervisor") or {}
    return Counts(
        faults=sum(int(n) for n in status.get("faults", {}).values()),
        missed=sum(int(unread.get(reason, 0)) for reason in MISSED),
        lost=int(sensor.get("unreported") or 0),
        closed=int(status.get("undecryptable_alert") or 0),
        deaths=supervisor_status.deaths(supervisor),
        past=supervisor_status.past(supervisor),
    )


def _rising(name: str, before: Counts | None, counts: Counts) -> tuple[Trouble, ...]:
    was = before or counts
    rows = (
        ("faults", counts.faults - was.faults, "had faults while reading traffic", "Some messages were not inspected."),
        ("missed", counts.missed - was.missed, "is too slow for its traffic", "Some messages passed on unread."),
        ("lost", counts.lost - was.lost, "could not keep detections", "Disk and memory are full. What it saw is lost."),
        (
            "closed",
            counts.closed - was.closed,
            "passed what cannot be opened",
            "What speaks so on port 443 may be a VPN.",
        ),
        (
            "died",
            counts.deaths - was.deaths,
            "lost workers that read traffic",
            "They were replaced; what they were reading was cut off.",
        ),
        (
            "past",
            counts.past - was.past,
            "had connections for which no worker was there",
            "By the box’s policy they passed unread, or were refused.",
        ),
    )
    return tuple(
        Trouble(kind=kind, subject=f"{in_words(name)} {what}", body=f"{more} in the last check. {effect}")
        for kind, more, what, effect in rows
        if more > 0
    )


def _box(name: str, supervisor: Mapping[str, Any]) -> tuple[Trouble, ...]:
    rows = (
        ("unmanned", f"Workers of {name} are missing", supervisor_status.unmanned_trouble(supervisor)),
        ("firewall", f"The firewall of {name} is not in step", supervisor_status.firewall_trouble(supervisor)),
        ("tunnels", f"Devices behind {name} use tunnels", supervisor_status.tunnels_trouble(supervisor)),
    )
    return tuple(Trouble(kind=kind, subject=subject, body=body) for kind, subject, body in rows if body)


def _sensor(name: str, sensor: dict[str, Any], now: datetime) -> tuple[Trouble, ...]:
    troubles = []
    if aside := int(sensor.get("set_aside") or 0):
        body = f"{aside} detections were refused and are kept, sealed, on the gateway. They are in no incident."
        troubles.append(Trouble(kind="set-aside", subject=f"Detections of {name} were refused", body=body))
    oldest = sensor.get("oldest_waiting")
    if isinstance(oldest, str) and now - datetime.fromisoformat(oldest) > STUCK:
        body = f"{sensor.get('waiting')} detections wait on the gateway, the oldest since {oldest[:16]} UTC."
        troubles.append(Trouble(kind="stuck", subject=f"Detections of {name} do not get through", body=body))
    if sensor.get("outbox_error"):
        body = "What it sees is kept in its memory and sent from there; if it stops before that, it is lost. Make room."
        troubles.append(Trouble(kind="disk", subject=f"The disk of {name} does not take detections", body=body))
    elif sensor.get("no_room"):
        body = "It keeps what it detects, but not what was on the screen, until there is room. Make room."
        troubles.append(Trouble(kind="disk", subject=f"The disk of {name} is nearly full", body=body))
    if sensor.get("illegal_error"):
        body = "A list of illegal content is missing, not signed or broken. The edition before stays in force."
        troubles.append(Trouble(kind="illegal-list", subject=f"{name} cannot use a list of illegal content", body=body))
    if sensor.get("running") is False:
        body = "A part of the sensor has stopped; start the gateway again."
        troubles.append(Trouble(kind="stopped", subject=f"The sensor of {name} has stopped", body=body))
    if said := library_trouble(sensor):
        body = f"{said} Until then it compares with the library it has."
        troubles.append(Trouble(kind="library", subject=f"{name} may not look for what you want", body=body))
    return tuple(troubles)


def _left_closed(name: str, status: Mapping[str, Any]) -> tuple[Trouble, ...]:
    rows = (
        ("bypass-list", "cannot read a list of what is left closed", list_trouble(status)),
        ("learned", "leaves apps alone that refuse to be read", learned_trouble(status.get("learned") or {})),
    )
    return tuple(
        Trouble(kind=kind, subject=f"{in_words(name)} {subject}", body=body) for kind, subject, body in rows if body
    )


def _certificates(name: str, status: dict[str, Any], now: datetime) -> tuple[Trouble, ...]:
    rows = (
        ("authority", "needs a new certificate", authority_trouble(status.get("authority") or {}, now)),
        ("revocation", "has old lists of revoked certificates", revocation_trouble(status.get("revocation") or {})),
    )
    return tuple(Trouble(kind=kind, subject=f"{in_words(name)} {what}", body=body) for kind, what, body in rows if body)
