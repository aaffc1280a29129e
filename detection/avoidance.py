"""Names of services that get round a filter, and what it counts for that one of them is looked up."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Channel, Observation
from detection.personal_information.finding import FOUND

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
    phrase = Phrase(
        id=f"{FOUND}avoidance",
        text=found.kind,
        category=Category.BYPASS,
        severity=found.severity,
        gloss=f"Looked up {found.what}, by which the filter can be got round",
    )
    return [Match(phrase, 0, len(observation.text), observation.text)]
