"""How sure the system is of who it was, said in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.times import span

SOURCES = {
    "address-list": "the school’s address list",
    "agent": "who was signed in on the device",
    "proxy-sign-in": "the sign-in at the proxy",
    "radius": "the Wi-Fi sign-in",
    "dhcp": "the address hand-out (DHCP)",
    "directory": "the school’s directory",
    "portal": "the sign-in page",
}


class Confidence(StrEnum):
    KNOWN = "known"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    confidence: Confidence
    sentence: str


def identity(subject: Mapping[str, Any], names: Mapping[str, str]) -> Identity:
    """``subject`` as the sensor reported it; ``names`` of the people this reviewer may know, by reference."""
    people = [str(ref) for ref in subject.get("people") or ()]
    if len(people) == 1:
        return Identity(Confidence.KNOWN, f"Known by {_source(subject)}.")
    if people:
        possible = _either([names.get(ref, "somebody you have no access to") for ref in people])
        return Identity(Confidence.POSSIBLE, f"Possible: {possible}. They share this device or address.")
    return Identity(Confidence.UNKNOWN, f"Unknown: nobody is on record for {_whereabouts(subject)}.")


def _source(subject: Mapping[str, Any]) -> str:
    source = str(subject.get("identity_source") or "none")
    named = SOURCES.get(source, source)
    age = subject.get("identity_age")
    return f"{named}, confirmed {span(float(age))} before" if age is not None else named


def _whereabouts(subject: Mapping[str, Any]) -> str:
    if subject.get("device"):
        return f"the device {subject['device']}"
    return f"the address {subject['address']}" if subject.get("address") else "this device or address"


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
