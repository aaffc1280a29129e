"""A publisher, a web server that gives out what it publishes, and releases small enough to try many."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from appliance.provisioning.release import PARTS, version_of
from appliance.updates.archive import pack
from appliance.updates.offer import Offer, of_version
from appliance.updates.settings import UpdateSettings
from tests.local_server import serving


def program(folder: Path, words: str) -> Path:
    """What stands for a release: every part of one, and something that makes it another."""
    for part in PARTS:
        file = folder / part if "." in part or part.isupper() or "/" in part else folder / part / "__init__.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {words}\n")
    (folder / "LICENSE").write_text(words)
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.0"\n')
    return folder


@dataclass
class Publisher:
    folder: Path
    url: str
    work: Path

    def __post_init__(self) -> None:
        from appliance.updates.repository import Repository

        self.repository = Repository(self.folder, self.work / "keys")

    @property
    def root(self) -> Path:
        return self.folder / "metadata" / "1.root.json"

    def new(self, now: datetime | None = None) -> "Publisher":
        self.repository.new(now or datetime.now(UTC))
        return self

    def release(self, words: str, now: datetime | None = None) -> Offer:
        source = program(self.work / words, words)
        offer, archive = of_version(version_of(source), f"Now with {words}."), self.work / f"{words}.tar.gz"
        pack(source, None, archive)
        self.repository.publish(offer, archive, now or datetime.now(UTC))
        return offer


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    pytest.importorskip("tuf")
    folder, work = tmp_path / "published", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with serving(partial(quiet, directory=str(folder))) as port:
        yield Publisher(folder, f"http://127.0.0.1:{port}", work)


@pytest.fixture
def settings(tmp_path: Path, publisher: Publisher) -> Callable[..., UpdateSettings]:
    """A box's, that knows the publisher's first root."""

    def made(**more: object) -> UpdateSettings:
        usual = {"source": publisher.url, "root": publisher.root, "state": tmp_path / "state"}
        return UpdateSettings(**{**usual, "program": tmp_path / "opt", **more})  # type: ignore[arg-type]

    return made
