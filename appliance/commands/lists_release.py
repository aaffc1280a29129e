"""Releasing a school's phrases to its sensors, and going back, with a list of what is different to read."""

import textwrap
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from appliance import library_agreement, library_releases, organisations, released_libraries
from appliance.commands.mistake import Mistake
from appliance.library_releases import Press
from appliance.models import LibraryRelease, Organisation, OrganisationKind
from appliance.released_libraries import Libraries
from detection.group_libraries import Difference, applied
from detection.library_changes import changes, report


def release(session: Session, school: Organisation, press: Press, *, by: str, why: str, now: datetime) -> str:
    """Of a trust: to each of its schools."""

    def one(each: Organisation) -> str:
        before = released_libraries.in_force(session, each, press.shipped)
        made = library_releases.release(session, each, press, by=by, note=why, now=now)
        return _said(session, each, made, before)

    return "\n".join(map(one, organisations.schools_of(session, school))) or f"{school.name} has no schools yet."


def rollback(
    session: Session, school: Organisation, press: Press, version: str, *, by: str, why: str, now: datetime
) -> str:
    if school.kind is OrganisationKind.TRUST:
        raise Mistake(f"{school.slug} is a trust; name the school that is to go back")
    before = released_libraries.in_force(session, school, press.shipped)
    made = library_releases.rollback(session, school, press, version, by=by, note=why, now=now)
    return _said(session, school, made, before)


def _said(session: Session, school: Organisation, made: LibraryRelease, before: Libraries) -> str:
    after = released_libraries.libraries(made)
    what = "\n".join(_changes(before, after)) or "Nothing in it changed."
    waits = [
        f"Change {row.id} waits for {row.waits_for} to agree, and is not in it."
        for row in library_agreement.waiting(session, school)
    ]
    said = f"{school.slug}: release {made.serial}, version {made.version}, {len(after[0].phrases)} phrases."
    return "\n".join((said, what, *waits))


def _changes(before: Libraries, after: Libraries) -> Iterator[str]:
    """For everybody, then for each group what is not the same for everybody."""
    for_everybody = changes(before[0], after[0])
    if for_everybody:
        yield report(for_everybody)
    for group in sorted(before[1].keys() | after[1].keys()):
        was, is_ = (applied(library, groups.get(group, Difference())) for library, groups in (before, after))
        if found := tuple(each for each in changes(was, is_) if each not in for_everybody):
            yield f"for {group}:"
            yield textwrap.indent(report(found), "  ")
