"""What a school changed about its phrases, and what was released to its sensors, as a page to read."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from appliance import library_layers, library_releases
from appliance.models import LibraryChange, LibraryRelease, Organisation
from detection.layers import Change
from detection.library import Library


def history(session: Session, school: Organisation, shipped: Library, now: datetime) -> str:
    zone = ZoneInfo(school.time_zone)
    rows = library_layers.of_organisation(session, school)
    made = [_change(row, library_layers.read(row, shipped), zone, now) for row in rows]
    released = [_release(row, zone) for row in library_releases.of_school(session, school)]
    return "\n".join((*_section("Changes", made), "", *_section("Releases", released)))


def _section(title: str, lines: list[str]) -> Iterator[str]:
    yield title
    yield from lines or ["  none yet"]


def _change(row: LibraryChange, change: Change, zone: ZoneInfo, now: datetime) -> str:
    said = f"{row.by}: {library_layers.sentence(change)} {row.why}"
    line = f"  {row.id:>4}  {row.at.astimezone(zone):%Y-%m-%d %H:%M}  {said}"
    if row.withdrawn_at:
        return f"{line}  [withdrawn by {row.withdrawn_by}]"
    return line if change.counts(now.astimezone(zone).date()) else f"{line}  [at its end]"


def _release(row: LibraryRelease, zone: ZoneInfo) -> str:
    said = f"{row.version}  {row.built_by}: {row.note}{'  [went back]' if row.rollback else ''}"
    return f"  {row.serial:>4}  {row.built_at.astimezone(zone):%Y-%m-%d %H:%M}  {said}"
