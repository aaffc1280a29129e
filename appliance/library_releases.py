"""The libraries a school's sensors get: built from the layers, signed, numbered, kept for ever.

Changes count once somebody releases them. By itself the appliance releases again only what was released before: at the
first start, on another shipped library, under another key, and when a change has come to its end.
"""

from dataclasses import dataclass
from datetime import date, datetime

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import chronology, library_layers
from appliance.entry_kinds import EntryKind
from appliance.library_ends import ended, without_ended
from appliance.models import LibraryRelease, Organisation, ReleasedLibrary
from appliance.released_libraries import Libraries, holding, libraries, newest, release_of
from detection.group_libraries import NO_GROUPS, Difference, difference, version
from detection.library import Library
from detection.library_bundle import Bundle, build

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Press:
    """What every release is made with."""

    key: SigningKey
    shipped: Library

    @property
    def mark(self) -> str:
        return bytes(self.key.verify_key).hex()


def release(
    session: Session, school: Organisation, press: Press, *, by: str, note: str, now: datetime
) -> LibraryRelease:
    chronology.lock(session, school.id)
    return _release(session, school, press, by=by, note=note, now=now, layers_at=now)


def rollback(
    session: Session, school: Organisation, press: Press, version: str, *, by: str, note: str, now: datetime
) -> LibraryRelease:
    """Release an earlier library again, its groups' too, without what has come to its end since; ValueError where the
    school never had it."""
    chronology.lock(session, school.id)
    earlier = release_of(session, school.id, version)
    if earlier is None:
        raise ValueError(f"{school.slug} never had a library {version}; see gatehouse lists history")
    again = without_ended(session, school, earlier, libraries(earlier), press.shipped, now)
    at = earlier.layers_at
    return _store(session, school, press, again, by=by, note=note, now=now, layers_at=at, rollback=True)


def current(session: Session, school: Organisation, press: Press, now: datetime) -> LibraryRelease:
    """The newest; made first where it is due. Writes only then."""
    last = newest(session, school.id)
    if last is not None and not _due(session, school, last, press, now):
        return last
    chronology.lock(session, school.id)
    last = newest(session, school.id)  # another sensor may have been quicker
    if last is None:
        return _release(session, school, press, by=SYSTEM, note="The first release.", now=now, layers_at=now)
    if not (reason := _due(session, school, last, press, now)):
        return last
    if last.rollback:
        at = last.layers_at
        again = without_ended(session, school, last, libraries(last), press.shipped, now)
        return _store(session, school, press, again, by=SYSTEM, note=reason, now=now, layers_at=at, rollback=True)
    return _release(session, school, press, by=SYSTEM, note=reason, now=now, layers_at=last.layers_at)


def is_due(session: Session, school: Organisation, press: Press, now: datetime) -> bool:
    """Whether ``current`` would write."""
    last = newest(session, school.id)
    return last is None or bool(_due(session, school, last, press, now))


def _due(session: Session, school: Organisation, last: LibraryRelease, press: Press, now: datetime) -> str:
    """Why it must be released again; empty where it need not."""
    if last.signed_by != press.mark:
        return "Signed with another key."
    if last.shipped_version != press.shipped.version and not last.rollback:  # who rolled back decides when it goes on
        return "Gatehouse came with another library."
    return "A change came to its end." if ended(session, school, last, now) else ""


def _release(
    session: Session, school: Organisation, press: Press, *, by: str, note: str, now: datetime, layers_at: datetime
) -> LibraryRelease:
    built = _built(session, school, press, layers_at, library_layers.today_at(school, now))
    shipped = press.shipped, NO_GROUPS
    if built[0].version != shipped[0].version and holding(session, school.id, shipped[0].version) is None:
        # A sensor that has not asked yet compares with the shipped one, and its detections say so.
        _store(session, school, press, shipped, by=SYSTEM, note="As shipped.", now=now, layers_at=layers_at)
    return _store(session, school, press, built, by=by, note=note, now=now, layers_at=layers_at)


def _built(session: Session, school: Organisation, press: Press, layers_at: datetime, today: date) -> Libraries:
    library = library_layers.built(session, school, press.shipped, layers_at, today)
    groups = dict[str, Difference]()
    for group in library_layers.groups_of(session, school, layers_at):
        theirs = library_layers.built(session, school, press.shipped, layers_at, today, group)
        if (differs := difference(library, theirs)) != Difference():
            groups[group] = differs
    return library, groups


def _store(
    session: Session,
    school: Organisation,
    press: Press,
    content: Libraries,
    *,
    by: str,
    note: str,
    now: datetime,
    layers_at: datetime,
    rollback: bool = False,
) -> LibraryRelease:
    library, groups = content
    last = newest(session, school.id)
    serial = last.serial + 1 if last else 1
    bundle = Bundle(library=library, serial=serial, built_by=by, built_at=now, rollback=rollback, groups=groups)
    held = {"": library.version} | {name: version(library, group) for name, group in groups.items()}
    made = LibraryRelease(
        organisation_id=school.id,
        version=bundle.edition,
        serial=serial,
        bundle=build(bundle, press.key),
        built_at=now,
        built_by=by,
        note=note,
        rollback=rollback,
        shipped_version=press.shipped.version,
        layers_at=layers_at,
        signed_by=press.mark,
        libraries=[ReleasedLibrary(organisation_id=school.id, group=name, version=held[name]) for name in held],
    )
    session.add(made)
    session.flush()
    what = "Went back to an earlier library" if rollback else "Released the library"
    also = f" Otherwise for {', '.join(groups)}." if groups else ""
    said = f"{what}: serial {serial}, version {made.version}, {len(library.phrases)} phrases.{also} Reason: {note}"
    chronology.add(session, school.id, at=now, actor=by, kind=EntryKind.LIBRARY_RELEASED, text=said)
    return made
