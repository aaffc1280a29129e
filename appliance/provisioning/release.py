"""Our program on the box: one folder for each release, complete or not there at all, and the one before it kept."""

import errno
import hashlib
import shutil
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning import folders
from appliance.provisioning.environments import Builder
from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

KIND = "releases"
RELEASES = "/opt/gatehouse/releases"
SOURCE = Path(__file__).resolve().parents[2]
PARTS = ("agent", "appliance", "console", "detection", "images", "proxy_addons", "requirements", "scripts/gatehouse",
         "LICENSE", "README.md", "pyproject.toml")  # fmt: skip
KEPT = 3
"""The one that runs, the one before, and one that may have been taken back."""


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    source: Path = SOURCE
    wheels: Path | None = None

    @property
    def key(self) -> Key:
        return Key(KIND, RELEASES)

    @property
    def folder(self) -> str:
        return f"{RELEASES}/{self.version}"

    def lacks(self, site: Site) -> str:
        if site.machine.at(self.folder).is_dir():
            return ""
        return f"install release {self.version} in {self.folder}, with its two environments"

    def do(self, site: Site) -> None:
        versions = [each for each in site.ledger.facts(self.key).get("versions", ()) if each != self.version]
        site.ledger.note(self.key, versions=[*versions, self.version])
        building = f"{RELEASES}/.{self.version}.new"
        there = site.machine.at(building)
        for half in site.machine.at(RELEASES).glob(".*.new"):
            remove_left(half)
        folders.make_above(site, self.key, building)
        there.mkdir(mode=0o755)
        for part in PARTS:
            _copy(self.source / part, there / part)
        wheels = ""
        if self.wheels:
            wheels = f"{building}/wheels"
            shutil.copytree(self.wheels, there / "wheels")
        Builder(site.machine, building, self.folder, wheels).build()
        shutil.rmtree(there / "wheels", ignore_errors=True)
        there.rename(site.machine.at(self.folder))
        for old in versions[: 1 - KEPT]:
            shutil.rmtree(site.machine.at(f"{RELEASES}/{old}"), ignore_errors=True)
        site.ledger.note(self.key, versions=[*versions[1 - KEPT :], self.version])


def remove_left(folder: Path, within: float = 60.0) -> None:
    """What a killed run's command had started in its turn may still write there for some seconds. OSError where
    somebody does after ``within`` seconds too."""
    until = time.monotonic() + within
    while folder.exists() and time.monotonic() < until:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.5)  # so that what is made anew is seen
    if folder.exists():
        raise OSError(errno.ENOTEMPTY, "something goes on writing there", str(folder))


def undo(site: Site, key: Key, facts: Facts) -> None:
    for version in facts["versions"]:
        for name in (version, f".{version}.new"):
            shutil.rmtree(site.machine.at(f"{RELEASES}/{name}"), ignore_errors=True)
    folders.remove_above(site, facts)


def version_of(source: Path = SOURCE) -> str:
    """The project's, and what its files hash to: a changed file is another release."""
    if source.parent.name == "releases":
        return source.name  # an installed one
    digest = hashlib.sha256()
    for part in PARTS:
        for file in _files(source / part):
            digest.update(f"{file.relative_to(source)}\0{file.stat().st_mode & 0o111}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    project = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['version']}-{digest.hexdigest()[:12]}"


def _files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return sorted(each for each in part.rglob("*") if each.is_file() and "__pycache__" not in each.parts)


def _copy(source: Path, target: Path) -> None:
    """Readable by everybody, whatever the umask of whoever unpacked it."""
    for file in _files(source):
        to = target / file.relative_to(source) if source.is_dir() else target
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        to.chmod(0o755 if file.stat().st_mode & 0o111 else 0o644)
