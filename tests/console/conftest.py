"""A school with its console, each in an SQLite file of its own, and a browser to visit it with."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from appliance import store
from tests.console.factories import School
from tests.console.visiting import chromium_running, served
from tests.console.visitors import Visitors


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


@pytest.fixture
def address(school: School) -> Iterator[str]:
    with served(school.app) as at:
        yield at


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with chromium_running() as browser:
        yield browser


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory, migrated: Path, chromium: Browser) -> Iterator[Visitors]:
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated, folder / "gatehouse.db")
    school = School(folder)
    with served(school.app) as address:
        yield Visitors(school, address, chromium)
    school.sessions.kw["bind"].dispose()
