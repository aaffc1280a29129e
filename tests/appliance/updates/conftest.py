"""A publisher, a web server that gives out what it publishes, and releases small enough to try many."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from appliance.provisioning.release import PARTS, version_of
from appliance.updates.archive import pack
from appliance.updates.offer import Offer, of_version
from appliance.updates.settings import UpdateSettings


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
    with _served(folder) as url:
        yield Publisher(folder, url, work)


class _served:
    def __init__(self, folder: Path) -> None:
        quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder)))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def settings(tmp_path: Path, publisher: Publisher) -> Callable[..., UpdateSettings]:
    """A box's, that knows the publisher's first root."""

    def made(**more: object) -> UpdateSettings:
        usual = {"source": publisher.url, "root": publisher.root, "state": tmp_path / "state"}
        return UpdateSettings(**{**usual, "program": tmp_path / "opt", **more})  # type: ignore[arg-type]

    return made
