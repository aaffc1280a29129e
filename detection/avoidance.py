"""Names of services that get round a filter, and what it counts for that one of them is looked up."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.matcher import Match
from detection.observation import Channel, Observation
from detection.way_round import way_round

FILE = Path(__file__).with_name("avoidance.toml")


@dataclass(frozen=True, slots=True)
class Avoidance:
    kind: str
    what: str
    """In words."""
    severity: int


@cache
def known() -> Mapping[str, Avoidance]:
    """By domain."""
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return {
        domain: Avoidance(kind, table["what"], table["severity"])
        for kind, table in tables.items()
        for domain in table["domains"]
    }


def avoidance_of(host: str) -> Avoidance | None:
    """By whole labels: "notnordvpn.com" is none."""
    labels = host.rstrip(".").lower().split(".")
    return next((found for at in range(len(labels)) if (found := known().get(".".join(labels[at:])))), None)


def find(observation: Observation) -> list[Match]:
    """As a phrase that stands for the whole name. An address or a sentence is for the library's phrases."""
    if observation.channel is not Channel.DNS or not (found := avoidance_of(observation.text)):
        return []
    return way_round(observation, "avoidance", text=found.kind, severity=found.severity, did=f"Looked up {found.what}")
