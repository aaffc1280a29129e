"""Which addresses and devices stand for whom, as a sensor asks for it: references, no names."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from appliance import groups
from appliance.agents import standing_for
from appliance.models import Binding, Organisation, Person


def of_school(session: Session, organisation_id: int, now: datetime) -> dict[str, Any]:
    """The answer to ``GET /bindings``. Who is signed in at an address goes before whom a list says it is."""
    school = session.get_one(Organisation, organisation_id)
    signed_in = standing_for.of_school(session, organisation_id, now)
    wanted = select(Binding).where(Binding.organisation_id == organisation_id).order_by(Binding.id)
    rows = session.scalars(wanted.options(joinedload(Binding.person)))
    taken = {each.address for each in signed_in}
    listed = [
        _fields(row.address, row.device, row.person, row.source, row.since)
        for row in rows
        if row.address is None or row.address not in taken
    ]
    told = [_fields(each.address, None, each.person, standing_for.SOURCE, each.since) for each in signed_in]
    return {"organisation": school.slug, "bindings": listed + told}


def _fields(address: str | None, device: str | None, person: Person, source: str, since: datetime) -> dict[str, Any]:
    return {
        "address": address,
        "device": device,
        "person": person.ref,
        "role": person.role,
        "age_band": person.age_band,
        "group": groups.of(person.role, person.year),
        "source": source,
        "since": since.isoformat(),
    }
