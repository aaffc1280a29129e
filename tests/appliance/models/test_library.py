"""A release has its own number in a school, and its content is read only where it is asked for."""

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance.models import LibraryRelease, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON


def released(session: Session, to: Organisation) -> None:
    release = LibraryRelease(
        organisation_id=to.id,
        version="v1",
        serial=1,
        bundle=b"signed",
        built_at=NOON,
        built_by="reviewer:dsl",
        note="",
        shipped_version="v0",
        layers_at=NOON,
        signed_by="00",
    )
    session.add(release)
    session.flush()


def test_a_number_is_given_once_in_a_school(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    released(session, oak)
    released(session, elm)
    with pytest.raises(IntegrityError):
        released(session, oak)


def test_a_list_of_releases_does_not_read_their_content(session: Session) -> None:
    released(session, factories.school(session))
    session.expunge_all()
    release = session.scalars(select(LibraryRelease)).one()
    assert "bundle" in inspect(release).unloaded
    assert release.bundle == b"signed"
