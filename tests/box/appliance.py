"""The gateway's appliance, as a program of its own beside it: what it is sent it writes down, a line each."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from detection.sealing import new_key
from tests.appliance.deadline import eventually
from tests.box.place import Place
from tests.proxy_addons.appliance_double import appliance as double


@dataclass(frozen=True)
class Reports:
    folder: Path

    @property
    def url(self) -> str:
        return (self.folder / "url").read_text()

    @property
    def public_key(self) -> Path:
        return self.folder / "public.key"

    def of(self, words: str) -> dict[str, str]:
        """Who they are from: address, people, source. Waits for them."""
        return eventually(lambda: next((row for row in self._rows() if words in row["text"]), None))

    def _rows(self) -> list[dict[str, str]]:
        file = self.folder / "reports"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@contextmanager
def appliance(place: Place, folder: Path) -> Iterator[Reports]:
    folder.mkdir()
    new_key(folder / "private.key", folder / "public.key")
    with place.running(sys.executable, "-m", "tests.box.appliance", folder) as process:
        eventually(lambda: (folder / "url").exists() or process.poll() is not None)
        assert process.poll() is None, place.said()
        yield Reports(folder)


def serve(folder: Path) -> None:
    with double(folder / "private.key") as made:
        (folder / "url.new").write_text(made.url)
        (folder / "url.new").rename(folder / "url")
        written = 0
        while True:
            for report in made.reports[written:]:
                seen = report.detection.observation
                who = {"address": seen.subject.address, "people": " ".join(seen.subject.people)}
                with (folder / "reports").open("a") as out:
                    out.write(json.dumps(who | {"source": seen.subject.identity_source, "text": seen.text}) + "\n")
                written += 1
            time.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    serve(parser.parse_args().folder)
