"""An incident as one row of a list: who, what, where and how often, and never a word of what was written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from appliance.models import Capture, Incident
from console.db import session
from console.naming import who
from console.wording import CHANNELS, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    incident: Incident
    who: str
    year: str
    where: str
    captures: int


def rows_of(incidents: Sequence[Incident]) -> list[Row]:
    places, counts = _places(incidents)
    return [
        Row(
            incident=incident,
            who=who(incident),
            year=incident.person.year if incident.person else "",
            where=places[incident.id],
            captures=counts[incident.id],
        )
        for incident in incidents
    ]


def _places(incidents: Iterable[Incident]) -> tuple[Mapping[int, str], Mapping[int, int]]:
    """Where each incident's captures were seen, never what they say: reading that is a look and leaves an entry."""
    seen = (
        select(Capture.incident_id, Capture.channel, Capture.app, func.count())
        .where(Capture.incident_id.in_([i.id for i in incidents]), Capture.duplicate_of.is_(None))
        .group_by(Capture.incident_id, Capture.channel, Capture.app)
    )
    places, counts = defaultdict[int, list[tuple[int, str]]](list), Counter[int]()
    for incident_id, channel, app, number in session().execute(seen):
        name = word(CHANNELS, channel)
        places[incident_id].append((-number, f"{name} on {app}" if app else name))
        counts[incident_id] += number
    return defaultdict(str, {i: _first_two([p for _, p in sorted(found)]) for i, found in places.items()}), counts


def _first_two(places: list[str]) -> str:
    more = len(places) - 2
    return ", ".join(places[:2]) + (f" and {more} more" if more > 0 else "")
