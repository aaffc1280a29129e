"""A school with its console, each in an SQLite file of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import store
from tests.console.factories import School


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "gatehouse.db"
    store.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def school(tmp_path: Path, migrated: Path) -> Iterator[School]:
    shutil.copy(migrated, tmp_path / "gatehouse.db")
    made = School(tmp_path)
    yield made
    made.sessions.kw["bind"].dispose()
