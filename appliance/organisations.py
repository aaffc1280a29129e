"""Schools and the trust they belong to."""

import re

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from appliance.models import Organisation, OrganisationKind
from appliance.organisation_slug import slug_of as slug_of

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def find(session: Session, named: str) -> Organisation | None:
    """By slug or by name, whatever the case."""
    wanted = named.strip().lower()
    return session.scalar(
        select(Organisation)
        .where(or_(Organisation.slug == wanted, func.lower(Organisation.name) == wanted))
        .order_by(Organisation.id)
    )


def get(session: Session, named: str) -> Organisation:
    """ValueError, in words for whoever typed it, where there is none."""
    found = find(session, named)
    if found is None:
        slugs = session.scalars(select(Organisation.slug).order_by(Organisation.slug)).all()
        raise ValueError(f"there is no school {named!r}; known: {', '.join(slugs) or 'none yet'}")
    return found


def levels(organisation: Organisation) -> list[int]:
    """Ids of those whose changes hold for it: its trust, if it has one, then itself."""
    return [each for each in (organisation.parent_id, organisation.id) if each]


def schools_of(session: Session, organisation: Organisation) -> list[Organisation]:
    """A trust's; a school is its own only one."""
    if organisation.kind is OrganisationKind.SCHOOL:
        return [organisation]
    wanted = select(Organisation).where(Organisation.parent_id == organisation.id).order_by(Organisation.slug)
    return list(session.scalars(wanted))


def add(
    session: Session,
    name: str,
    slug: str = "",
    *,
    kind: OrganisationKind = OrganisationKind.SCHOOL,
    trust: Organisation | None = None,
) -> Organisation:
    """``slug``: what the school is called in settings and addresses; made from the name if not given."""
    slug = slug or slug_of(name)
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r}: a school's short name is small letters, digits and dashes")
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None:
        raise ValueError(f"there is a school {slug} already")
    if trust is not None and trust.kind is not OrganisationKind.TRUST:
        raise ValueError(f"{trust.slug} is a school, not a trust")
    made = Organisation(slug=slug, name=name, kind=kind, parent_id=trust.id if trust else None)
    session.add(made)
    session.flush()
    return made
