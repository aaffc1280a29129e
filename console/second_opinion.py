"""Phrases and second opinion, told apart: what was found, what it reads like, how surely, and what that counted for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detection.stated_opinion import HARMLESS, Effect, combined, is_of_library, likely


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    category: str
    harmless: bool
    likely: str
    """That it is of concern at all, in words."""
    passage: str
    combined: str
    """How phrases and second opinion came together."""
    version: str


def second_opinion(stored: Mapping[str, Any] | None, matches: Sequence[Mapping[str, Any]]) -> SecondOpinion | None:
    """None where nobody was asked: the sensor has none, or the person did not write it."""
    if stored is None:
        return None
    effect = Effect(stored["effect"])
    return SecondOpinion(
        category=str(stored["category"]),
        harmless=effect in HARMLESS,
        likely=likely(float(stored["probability"])),
        passage=str(stored["passage"]),
        combined=combined(effect, [str(match["phrase"]) for match in matches]),
        version=str(stored["version"]),
    )


def phrases(matches: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of the library alone, each once, the leading one first."""
    found: dict[str, Mapping[str, Any]] = {}
    for match in matches:
        if is_of_library(name := str(match.get("phrase"))):
            found.setdefault(name, match)
    return list(found.values())
