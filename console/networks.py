"""How the box's networks stand, for those who answer for them: read, names only, off or paused, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from appliance import networks, organisations
from appliance.models import Reviewer
from appliance.networks import Standing
from appliance.permissions import Action, may
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Kind
from appliance.provisioning.network_states import Reading
from console.db import session
from detection import settings

KINDS = {Kind.MANAGED: "The school’s devices", Kind.BYOD: "Devices of pupils and staff", Kind.GUEST: "Guests"}
READINGS = {Reading.READ: "Read", Reading.NAMES_ONLY: "Names only", Reading.OFF: "Not read"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    kind: str
    state: str
    because: str
    paused_until: datetime | None
    dark: bool
    """Nothing of it is seen though it could be: worth a word beside the pulse."""


@dataclass(frozen=True, slots=True)
class Networks:
    rows: tuple[Row, ...] = ()
    problem: str = ""
    """Why there are none to show, in a sentence."""
    shown: bool = True
    """Whether this reviewer, on this machine, is to be shown anything of them."""


def of(reviewer: Reviewer) -> Networks:
    """Nothing is shown where the console knows of no box, or the reviewer does not answer for its school."""
    file = current_app.extensions["settings"].box
    if file is None or not may(reviewer, Action.VIEW_NETWORKS):
        return Networks(shown=False)
    try:
        box = settings.load(file, Box)
    except settings.SettingsError:
        return Networks(problem="The box’s file cannot be read, so it is not known which networks there are.")
    slug = organisations.slug_of(box.school)
    school = organisations.find(session(), box.school) or organisations.find(session(), slug)
    if school is None:
        return Networks(problem=f"The box’s file names {box.school}, which is no school here.")
    if not may(reviewer, Action.VIEW_NETWORKS, school):
        return Networks(shown=False)
    return Networks(tuple(_row(each) for each in networks.standings(session(), school.id, box.network)))


def dark(rows: Sequence[Row]) -> tuple[str, ...]:
    """Names of networks of which nothing is seen now."""
    return tuple(row.name for row in rows if row.dark)


def _row(standing: Standing) -> Row:
    state, because = READINGS[standing.reading], standing.because
    if standing.pause and standing.reading is not Reading.OFF:
        state, because = "Paused", f"By {standing.pause.by}: {standing.pause.why}"
    return Row(
        name=standing.network.name,
        kind=KINDS[Kind(standing.network.kind)],
        state=state,
        because=because,
        paused_until=standing.pause.until if state == "Paused" and standing.pause else None,
        dark=state == "Paused" or standing.reading is Reading.OFF,
    )
