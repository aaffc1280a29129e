"""Real databases for the appliance's tests: an SQLite file for each, PostgreSQL where its programs are installed."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from appliance import passwords, store
from appliance.models import Organisation, Person, Reviewer
from tests.appliance import factories
from tests.appliance import firewall as firewalls
from tests.appliance.ingesting import Appliance, started

POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), default=None)


@pytest.fixture(autouse=True)
def close_databases() -> Iterator[Callable[[], None]]:
    """What a command leaves to the end of its process, which a test is not; the test may do it sooner."""
    used = set[Engine]()

    def note(connection: Connection) -> None:
        used.add(connection.engine)

    def close() -> None:
        for engine in used:
            engine.dispose()

    event.listen(Engine, "engine_connect", note)
    yield close
    event.remove(Engine, "engine_connect", note)
    close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "gatehouse.db"
    store.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def url(tmp_path: Path, migrated: Path) -> str:
    """An empty store in a file of its own."""
    shutil.copy(migrated, tmp_path / "gatehouse.db")
    return f"sqlite:///{tmp_path / 'gatehouse.db'}"


@pytest.fixture
def sessions(url: str) -> Iterator[sessionmaker[Session]]:
    made = store.sessions(url)
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as opened:
        yield opened


@pytest.fixture
def oak(session: Session) -> Organisation:
    """A school of which nobody is known."""
    return factories.school(session)


@pytest.fixture
def pupil(session: Session, oak: Organisation) -> Person:
    return factories.person(session, oak)


@pytest.fixture
def dsl(session: Session, oak: Organisation) -> Reviewer:
    return factories.reviewer(session, oak)


@pytest.fixture
def appliance(url: str, tmp_path: Path) -> Iterator[Appliance]:
    made = started(url, tmp_path)
    yield made
    made.sessions.kw["bind"].dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder of a PostgreSQL's socket; no network."""
    if POSTGRES is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # pytest's own folders are too long for a socket's name
    user = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    make = [str(POSTGRES.with_name("initdb")), "-D", str(data), "-A", "trust", "-U", "gatehouse", "--no-sync"]
    subprocess.run(make, user=user, cwd=folder, check=True, capture_output=True)
    run = [str(POSTGRES), "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-F"]
    with (folder / "log").open("wb") as log, subprocess.Popen(run, user=user, cwd=folder, stderr=log) as server:
        try:
            _wait_for(f"postgresql+psycopg://gatehouse@/postgres?host={folder}")
            yield str(folder)
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait()
            shutil.rmtree(folder)


def _wait_for(url: str) -> None:
    engine, deadline = create_engine(url), time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
            return engine.dispose()
        except OperationalError:
            if time.monotonic() > deadline:
                raise


@pytest.fixture
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes databases on PostgreSQL that have no table yet."""
    return lambda: _new_database(postgres_server)


@pytest.fixture
def postgres_url(new_database: Callable[[], str]) -> str:
    """An empty, migrated store on PostgreSQL."""
    made = new_database()
    store.migrate(made)
    return made


def _new_database(postgres_server: str) -> str:
    admin = create_engine(
        f"postgresql+psycopg://gatehouse@/postgres?host={postgres_server}", isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        name = f"store{connection.scalar(text('SELECT count(*) FROM pg_database'))}"
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return f"postgresql://gatehouse@/{name}?host={postgres_server}"


@pytest.fixture(params=["sqlite", "postgresql"])
def every_url(request: pytest.FixtureRequest) -> str:
    """The same promise on every database."""
    url: str = request.getfixturevalue("url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashing that does not take the time it should."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def firewall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[firewalls.Firewall]:
    """nftables of the test's own, with the box's sets, empty."""
    with firewalls.firewall(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def box_file(tmp_path: Path) -> Path:
    """Of a box with the school's own network and one for visitors."""
    file = tmp_path / "box.toml"
    file.write_text(firewalls.BOX)
    return file
