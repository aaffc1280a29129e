"""What a school changed about its phrases, and what was released to its sensors, as a page to read."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from appliance import library_layers, released_libraries
from appliance.models import LibraryChange, LibraryRelease, Organisation
from detection.layers import Change
from detection.library import Library


def history(session: Session, school: Organisation, shipped: Library, now: datetime) -> str:
    zone = ZoneInfo(school.time_zone)
    rows = library_layers.of_organisation(session, school)
    made = [_change(row, library_layers.read(row, shipped), zone, now) for row in rows]
    released = [_release(row, zone) for row in released_libraries.of_school(session, school)]
    return "\n".join((*_section("Changes", made), "", *_section("Releases", released)))


def _section(title: str, lines: list[str]) -> Iterator[str]:
    yield title
    yield from lines or ["  none yet"]


def _change(row: LibraryChange, change: Change, zone: ZoneInfo, now: datetime) -> str:
    who = f"{row.by} and {row.second}" if row.second and row.agreed_at else row.by
    said = f"{who}: {library_layers.sentence(change)} {row.why}"
    line = f"  {row.id:>4}  {row.at.astimezone(zone):%Y-%m-%d %H:%M}  {said}"
    if row.withdrawn_at:
        also = f" and {row.withdrawal_second}" if row.withdrawal_second else ""
        return f"{line}  [withdrawn by {row.withdrawn_by}{also}]"
    if row.waits_for:
        return f"{line}  [{'its withdrawal ' if row.agreed_at else ''}waits for {row.waits_for}]"
    return line if change.counts(now.astimezone(zone).date()) else f"{line}  [at its end]"


def _release(row: LibraryRelease, zone: ZoneInfo) -> str:
    """The library of a group goes by a version of its own, which detections name."""
    said = f"{row.version}  {row.built_by}: {row.note}{'  [went back]' if row.rollback else ''}"
    line = f"  {row.serial:>4}  {row.built_at.astimezone(zone):%Y-%m-%d %H:%M}  {said}"
    others = [each for each in row.libraries if each.version != row.version]
    return "\n".join((line, *(f"{'':26}{each.version}  {each.group or 'everybody else'}" for each in others)))
