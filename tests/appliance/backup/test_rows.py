"""Rows come over as they are, between either kind of database, in an order in which each finds what it refers to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, func, null, select, text, update
from sqlalchemy.orm import Session

from appliance import store
from appliance.backup import rows
from appliance.models import Base, Capture, Device, Entry, Incident, Organisation, OrganisationKind
from appliance.store import StoreError
from tests.appliance import factories
from tests.appliance.backup.conftest import Machine


@contextmanager
def both(url: str, into: str) -> Iterator[tuple[Connection, Connection]]:
    source, target = store.engine(url), store.engine(into)
    try:
        with source.connect() as reading, target.begin() as writing:
            yield reading, writing
    finally:
        source.dispose()
        target.dispose()


@pytest.fixture(params=["sqlite to postgresql", "postgresql to sqlite", "postgresql to postgresql"])
def way(request: pytest.FixtureRequest, tmp_path: Any, new_database: Callable[[], str]) -> tuple[Machine, str]:
    came_from, _, to = request.param.partition(" to ")
    machine: Machine = request.getfixturevalue("machine" if came_from == "sqlite" else "postgres_machine")
    into = f"sqlite:///{tmp_path}/other.db" if to == "sqlite" else new_database()
    store.migrate(into)
    return machine, into


def counted(connection: Connection) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_all_of_them_come_over_and_none_that_is_left_out(way: tuple[Machine, str]) -> None:
    machine, into = way
    with both(machine.settings.database, into) as (source, target):
        assert rows.first_with_rows(target) is None
        rows.copy(source, target, ("sign_ins",))
        assert rows.first_with_rows(target) == "organisations"
        assert counted(target) == counted(source) | {"sign_ins": 0}
        for table in (Capture.__table__, Entry.__table__):
            read = [[tuple(row) for row in each.execute(select(table))] for each in (source, target)]
            assert read[0] == read[1] != []


def test_new_rows_get_numbers_that_are_free(way: tuple[Machine, str]) -> None:
    machine, into = way
    with both(machine.settings.database, into) as (source, target):
        rows.copy(source, target)
    sessions = store.sessions(into)
    with sessions.begin() as session:
        oak = session.get_one(Organisation, 1)
        assert factories.incident(session, oak).id == 2
        assert factories.reviewer(session, oak, login="sam").id == 2
        assert factories.entry(session, oak).sequence == 4
    sessions.kw["bind"].dispose()


def test_a_null_of_the_database_stays_one_and_so_does_one_of_json(way: tuple[Machine, str]) -> None:
    machine, into = way
    with machine.sessions.begin() as session:
        incident, gate = factories.incident(session, session.get_one(Organisation, 1)), 1
        session.execute(update(Capture).values(opinion=null()))
        twin(session, incident.id, gate)
    with both(machine.settings.database, into) as (source, target):
        rows.copy(source, target)
        asked = text("SELECT CAST(opinion AS TEXT) FROM captures ORDER BY id")
        assert source.scalars(asked).all() == target.scalars(asked).all() == [None, "null"]


def twin(session: Session, incident: int, gate: int) -> None:
    made = factories.capture(
        session, session.get_one(Incident, incident), session.get_one(Device, gate), id="zz", once="z" * 64
    )
    session.flush()
    session.execute(text("UPDATE captures SET opinion = 'null' WHERE id = :id"), {"id": made.id})


def test_a_school_that_joined_a_trust_later_comes_after_it(way: tuple[Machine, str]) -> None:
    machine, into = way
    with machine.sessions.begin() as session:
        trust = Organisation(slug="elm", name="Elm Trust", kind=OrganisationKind.TRUST)
        session.add(trust)
        session.flush()
        session.get_one(Organisation, 1).parent_id = trust.id
    with both(machine.settings.database, into) as (source, target):
        rows.copy(source, target)
        assert target.scalar(select(Organisation.parent_id).where(Organisation.slug == "oak")) == 2


def test_what_the_other_cannot_keep_is_said_without_the_words(machine: Machine, postgres_url: str) -> None:
    with machine.sessions.begin() as session:
        session.execute(update(Capture).values(text="a null\0byte"))

    def over() -> None:
        with both(machine.settings.database, postgres_url) as (source, target):
            rows.copy(source, target)

    with pytest.raises(StoreError, match=r"^a row of captures cannot be kept in postgresql$"):
        over()
    engine = store.engine(postgres_url)
    with engine.connect() as connection:
        assert rows.first_with_rows(connection) is None
    engine.dispose()
