"""What a device that is up to date has: the school's policy and phrases, and the newest agent of its devices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import policies
from appliance.models import Device, LibraryRelease, Organisation, ReleasedLibrary


@dataclass(frozen=True, slots=True, kw_only=True)
class UpToDate:
    policy: Mapping[str, Any]
    policy_since: datetime | None
    library: str
    """Its version; empty while none was released."""
    library_since: datetime | None
    newest: tuple[int, ...]
    """Of the agents' versions, in parts."""


def of_school(session: Session, school: Organisation, devices: Sequence[Device]) -> UpToDate:
    policy = policies.latest(session, school)
    releases = select(LibraryRelease).where(LibraryRelease.organisation_id == school.id)
    release = session.scalar(releases.order_by(LibraryRelease.serial.desc()).limit(1))
    own = select(ReleasedLibrary.version).where(ReleasedLibrary.release_id == (release.id if release else None))
    return UpToDate(
        policy=policies.in_force(session, school),
        policy_since=policy.set_at if policy else None,
        library=session.scalar(own.where(ReleasedLibrary.group == "")) or "",
        library_since=release.built_at if release else None,
        newest=max((parts(each.agent_version) for each in devices), default=()),
    )


def parts(version: str) -> tuple[int, ...]:
    """Of a version such as 1.10.2; what is no number ends it."""
    read = list[int]()
    for part in version.split("."):
        if not part.isdigit():
            break
        read.append(int(part))
    return tuple(read)
