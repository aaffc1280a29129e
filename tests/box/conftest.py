"""The town and its internet, once for the tests of a module. Without root they are skipped."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.box.named_side import Side, named_side
from tests.box.origin import Origin, origin
from tests.box.standing import Standing, standing
from tests.box.town import Town, town, why_not


def pytest_sessionstart() -> None:
    """Whoever ends the tests by a signal, such as timeout, must not leave namespaces behind."""
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended by SIGTERM"))


@pytest.fixture(scope="session")
def _can_be_made() -> None:
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town")


@pytest.fixture(scope="module", name="town")
def _town(_can_be_made: None, town_folder: Path) -> Iterator[Town]:
    with town(town_folder) as made:
        yield made


@pytest.fixture(scope="module", name="internet")
def _internet(town: Town, town_folder: Path) -> Iterator[Origin]:
    with origin(town, town_folder / "origin") as made:
        yield made


@pytest.fixture(scope="module", name="box")
def _box(town: Town, internet: Origin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(town, internet, tmp_path_factory.mktemp("box")) as made:
        yield made


@pytest.fixture(scope="module", name="side")
def _side(town: Town, town_folder: Path) -> Iterator[Side]:
    with named_side(town, town_folder) as made:
        yield made
