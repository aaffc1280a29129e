"""An incident as one row of a list: who, what, where and how often, and never a word of what was written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from appliance.models import Capture, Incident
from console.db import session
from console.naming import who
from console.wording import CHANNELS, word

MOST_PLACES = MOST_CHANNELS = 2
"""Named in a row, of where and how an incident was seen."""


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
    apps, counts = defaultdict[int, dict[str, Counter[str]]](dict), Counter[int]()
    for incident_id, channel, app, number in session().execute(seen):
        apps[incident_id].setdefault(app, Counter())[word(CHANNELS, channel)] += number
        counts[incident_id] += number
    return defaultdict(str, {incident_id: _where(found) for incident_id, found in apps.items()}), counts


def _where(apps: Mapping[str, Counter[str]]) -> str:
    """“Search and web page on lookup.test, message on chat.test and 1 more”, the commonest first."""
    often = sorted(apps, key=lambda app: (-apps[app].total(), app))
    places = ", ".join(_place(app, apps[app]) for app in often[:MOST_PLACES])
    more = len(often) - MOST_PLACES
    return places[:1].upper() + places[1:] + (f" and {more} more" if more > 0 else "")


def _place(app: str, channels: Counter[str]) -> str:
    often = sorted(channels, key=lambda name: (-channels[name], name))
    names = " and ".join(name[:1].lower() + name[1:] for name in often[:MOST_CHANNELS])
    return f"{names} on {app}" if app else names
