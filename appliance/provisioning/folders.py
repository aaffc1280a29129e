"""Folders of the box: who may look into which."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

KIND = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    path: str
    owner: str = "root"
    group: str = "root"
    mode: int = 0o755
    data: bool = False
    """It holds what people would miss: records, keys, what waits to be delivered."""

    @property
    def key(self) -> Key:
        return Key(KIND, self.path)

    def lacks(self, site: Site) -> str:
        folder = site.machine.at(self.path)
        rights = f"{self.owner}:{self.group} {self.mode:04o}"
        if not folder.is_dir():
            return f"make folder {self.path} ({rights})"
        found = folder.stat()
        ids = (site.machine.user_id(self.owner), site.machine.group_id(self.group))
        good = (found.st_uid, found.st_gid) == ids and found.st_mode & 0o7777 == self.mode
        return "" if good else f"{rights} for folder {self.path}"

    def do(self, site: Site) -> None:
        folder = site.machine.at(self.path)
        if not folder.exists():
            site.ledger.note(self.key, data=self.data)
            make_above(site, self.key, self.path)
            folder.mkdir(mode=0o700)
        os.chown(folder, *site.machine.owner(self.owner, self.group))
        folder.chmod(self.mode)


def undo(site: Site, key: Key, facts: Facts) -> None:
    """With all that the programs have put into it."""
    folder = site.machine.at(key.name)
    if folder.is_dir():
        shutil.rmtree(folder)
    remove_above(site, facts)


def make_above(site: Site, key: Key, path: str) -> None:
    """The folders that lead to ``path``, noted, so that they go with it."""
    above = map(str, PurePosixPath(path).parents)
    missing = [each for each in above if not site.machine.at(each).exists()]
    if missing:
        noted = site.ledger.facts(key).get("above", [])
        site.ledger.note(key, above=[*noted, *(each for each in missing if each not in noted)])
    for each in reversed(missing):
        site.machine.at(each).mkdir(mode=0o755, exist_ok=True)


def remove_above(site: Site, facts: Facts) -> None:
    for each in facts.get("above", ()):
        with suppress(OSError):  # somebody put something into it
            site.machine.at(each).rmdir()
