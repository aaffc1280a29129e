"""Which addresses and devices stand for whom, as a sensor asks for it: references, no names."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from appliance import groups
from appliance.models import Binding, Organisation


def of_school(session: Session, organisation_id: int) -> dict[str, Any]:
    """The answer to ``GET /bindings``."""
    school = session.get_one(Organisation, organisation_id)
    wanted = select(Binding).where(Binding.organisation_id == organisation_id).order_by(Binding.id)
    rows = session.scalars(wanted.options(joinedload(Binding.person)))
    return {"organisation": school.slug, "bindings": [_fields(row) for row in rows]}


def _fields(binding: Binding) -> dict[str, Any]:
    return {
        "address": binding.address,
        "device": binding.device,
        "person": binding.person.ref,
        "role": binding.person.role,
        "age_band": binding.person.age_band,
        "group": groups.of(binding.person.role, binding.person.year),
        "source": binding.source,
        "since": binding.since.isoformat(),
    }
