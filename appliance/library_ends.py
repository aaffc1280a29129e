"""Changes of the phrase library that came to their end, and an earlier library without what they had made of it.

A library that is gone back to is the one of that day. What was agreed for a time only, such as a phrase that singles
somebody out, must not come back with it.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import library_layers, organisations
from appliance.models import LibraryChange, LibraryRelease, Organisation
from detection.group_libraries import Difference, Groups, applied, difference
from detection.library import Library


def ended(session: Session, school: Organisation, release: LibraryRelease, now: datetime) -> Sequence[LibraryChange]:
    """Those in the release, the trust's too, whose last day is past, and was not when it was built."""
    wanted = (
        select(LibraryChange)
        .where(LibraryChange.organisation_id.in_(organisations.levels(school)))
        .where(LibraryChange.agreed_at <= release.layers_at)
        .where(or_(LibraryChange.withdrawn_at.is_(None), LibraryChange.withdrawn_at > release.layers_at))
        .where(LibraryChange.expires >= library_layers.today_at(school, release.built_at))
        .where(LibraryChange.expires < library_layers.today_at(school, now))
    )
    return session.scalars(wanted).all()


def without_ended(
    session: Session,
    school: Organisation,
    release: LibraryRelease,
    content: tuple[Library, Groups],
    shipped: Library,
    now: datetime,
) -> tuple[Library, Groups]:
    """The release's ``content``, each phrase that such a change was about as the other changes of that time have it."""
    over = ended(session, school, release, now)
    if not over:
        return content
    library, groups = content
    today = library_layers.today_at(school, now)

    def mended(of: Library, group: str) -> Library:
        about = {library_layers.read(row, shipped).act.phrase_id for row in over if row.group in ("", group)}
        layers = library_layers.built(session, school, shipped, release.layers_at, today, group)
        return _with_phrases_of(layers, of, about)

    left = mended(library, "")
    theirs = {
        name: difference(left, mended(applied(library, groups.get(name, Difference())), name))
        for name in _named(groups, over)
    }
    return left, {name: each for name, each in theirs.items() if each != Difference()}


def _named(groups: Groups, over: Iterable[LibraryChange]) -> list[str]:
    return sorted(groups.keys() | {row.group for row in over if row.group})


def _with_phrases_of(other: Library, library: Library, ids: Set[str]) -> Library:
    kept = [phrase for phrase in library.phrases if phrase.id not in ids]
    return Library((*kept, *(phrase for phrase in other.phrases if phrase.id in ids)), library.words)
