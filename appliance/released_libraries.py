"""Which libraries a school's sensors were ever given, and which a detection was made with."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from appliance.models import LibraryRelease, Organisation, ReleasedLibrary
from detection.group_libraries import NO_GROUPS, Groups, applied
from detection.library import Library
from detection.library_bundle import read

Libraries = tuple[Library, Groups]
"""A school's, and what differs for groups of its people."""


def newest(session: Session, school_id: int) -> LibraryRelease | None:
    wanted = select(LibraryRelease).where(LibraryRelease.organisation_id == school_id)
    return session.scalar(wanted.order_by(LibraryRelease.serial.desc()).limit(1))


def in_force(session: Session, school: Organisation, shipped: Library) -> Libraries:
    """What its sensors compare with: the newest, or before the first release what they came with."""
    last = newest(session, school.id)
    return libraries(last) if last else (shipped, NO_GROUPS)


def release_of(session: Session, school_id: int, version: str) -> LibraryRelease | None:
    """What was released under that version, with its bundle."""
    named = select(LibraryRelease).where(LibraryRelease.organisation_id == school_id, LibraryRelease.version == version)
    newest_first = named.order_by(LibraryRelease.serial.desc()).limit(1)
    return session.scalar(newest_first.options(undefer(LibraryRelease.bundle)))


def library_of(session: Session, school_id: int, version: str) -> Library | None:
    """The library a detection names: the school's or a group's, whatever was released since."""
    held = holding(session, school_id, version)
    release = session.get(LibraryRelease, held.release_id) if held else None
    if held is None or release is None:
        return None
    library, groups = libraries(release)
    return applied(library, groups[held.group]) if held.group else library


def libraries_with(session: Session, school_id: int, version: str) -> Libraries | None:
    """What was released together with the library a detection names, which is the school's or a group's among them."""
    held = holding(session, school_id, version)
    release = session.get(LibraryRelease, held.release_id) if held else None
    return libraries(release) if release else None


def libraries(release: LibraryRelease) -> Libraries:
    bundle = read(release.bundle)
    return bundle.library, bundle.groups


def of_school(session: Session, school: Organisation) -> Sequence[LibraryRelease]:
    """All there ever were, the oldest first."""
    wanted = select(LibraryRelease).where(LibraryRelease.organisation_id == school.id)
    return session.scalars(wanted.order_by(LibraryRelease.serial)).all()


def holding(session: Session, school_id: int, version: str) -> ReleasedLibrary | None:
    """The newest library of that version, the school's or a group's."""
    named = select(ReleasedLibrary).where(
        ReleasedLibrary.organisation_id == school_id, ReleasedLibrary.version == version
    )
    return session.scalar(named.order_by(ReleasedLibrary.release_id.desc()).limit(1))
