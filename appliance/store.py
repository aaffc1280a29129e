"""Open the database: SQLite or PostgreSQL, migrated to the version this program knows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from detection.private_file import make_privately

MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATING = 0x6761746568  # any number, the same in every program: PostgreSQL's advisory lock


class StoreError(Exception):
    """The database cannot be used; the message is for the person who starts the program."""


def sessions(url: str, *, busy_seconds: float = 10.0) -> sessionmaker[Session]:
    """Sessions on ``url``. On SQLite each takes the write lock when it begins, see ``reading``."""
    return sessionmaker(_engine(url, busy_seconds), expire_on_commit=False)


def engine(url: str) -> Engine:
    """For what copies whole tables; whoever asks disposes of it."""
    return _engine(url, busy_seconds=10.0)


def shown(url: str) -> str:
    """For people to read: without a password."""
    return make_url(url).render_as_string(hide_password=True)


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that only reads, and so waits for no writer on SQLite. Whoever writes in it may be refused."""
    with sessions() as session:
        session.connection(execution_options={"gatehouse_reading": True})
        yield session


def must_exist(url: str) -> None:
    """For what only reads: StoreError where there is no SQLite file yet, instead of making an empty one."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return  # said where it is opened
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if file and file != ":memory:" and not Path(file).exists():
        raise StoreError(f"{file}: there is no database yet; gatehouse appliance makes it at its start")


def migrate(url: str) -> None:
    """Bring the database to this program's version; StoreError on one from a newer program. Two at once do no harm."""
    engine = _engine(url, busy_seconds=60.0)
    if engine.dialect.name == "sqlite":
        # A column is changed by making its table anew, and to drop the old one is to delete its rows.
        event.listen(engine, "connect", _without_foreign_keys)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
            config = _alembic(connection)
            _refuse_the_future(connection, config)
            command.upgrade(config, "head")
            _must_be_whole(connection)
    except (OperationalError, ProgrammingError) as e:  # the second: PostgreSQL's, of rights that are missing
        raise StoreError(f"the database cannot be used: {str(e.orig).splitlines()[0]}") from e
    finally:
        engine.dispose()


def _engine(url: str, busy_seconds: float) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as e:
        raise StoreError("the database must be a URL such as sqlite:////var/lib/gatehouse/gatehouse.db") from e
    # Parameters are children's words: they must not reach a log with an error.
    if parsed.get_backend_name() != "sqlite":
        waits = {"options": f"-c lock_timeout={int(busy_seconds * 1000)}"}
        return create_engine(_with_psycopg(parsed), hide_parameters=True, pool_pre_ping=True, connect_args=waits)
    _create_private(parsed)
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _with_psycopg(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _create_private(url: URL) -> None:
    """The file before SQLite makes it, for its owner only; its -wal and -shm take the same mode."""
    if not url.database or url.database == ":memory:":
        raise StoreError("the SQLite database must be a file")
    file = Path(url.database)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_privately(file)
    except OSError as e:
        raise StoreError(f"{file}: the database cannot be opened: {e.strerror}") from e
    if not os.access(file, os.R_OK | os.W_OK):
        raise StoreError(f"{file}: the database cannot be opened: Permission denied")


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself, _begin_sqlite does
    cursor = connection.cursor()
    # FULL: a sensor forgets what it was told is stored, so that must survive a power cut.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _without_foreign_keys(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.close()


def _must_be_whole(connection: Connection) -> None:
    """What SQLite did not check during a migration."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreError("the database has rows that belong to nothing; restore it from a backup")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once where another wrote meanwhile; so lock first."""
    reads = connection.get_execution_options().get("gatehouse_reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _refuse_the_future(connection: Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise StoreError(
                f"the database was made by a newer Gatehouse (its version is {revision}); install that release again"
            )
