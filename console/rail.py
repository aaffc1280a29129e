"""The narrow rail of pages, by role."""

from dataclasses import dataclass

from flask import request, url_for

from appliance.models import Reviewer
from console import access
from console.queue import waiting


@dataclass(frozen=True, slots=True)
class Stop:
    label: str
    url: str
    current: bool
    count: int = 0
    counted: str = ""


PLACES = (
    ("Queue", "queue.show", ("queue", "incidents", "decisions")),
    ("People", "people.every", ("people",)),
    ("Devices", "devices.show", ("devices",)),
    ("System health", "health.show", ("health",)),
    ("Help", "guide.show", ("guide",)),
)
"""Label, endpoint, and the blueprints during which it is where one is."""


def rail(reviewer: Reviewer) -> tuple[Stop, ...]:
    return tuple(
        Stop(label, url_for(endpoint), request.blueprint in blueprints, *_count(reviewer, endpoint))
        for label, endpoint, blueprints in PLACES
        if access.allowed(reviewer, endpoint)
    )


def _count(reviewer: Reviewer, endpoint: str) -> tuple[int, str]:
    return (waiting(reviewer), "waiting") if endpoint == "queue.show" else (0, "")
