"""A file of the system with our text in it. What somebody else wrote there is never lost."""

import difflib
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from appliance.provisioning import folders
from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.machine import Machine
from appliance.provisioning.placing import place
from appliance.provisioning.plan import Site

KIND = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    path: str
    text: str | bytes
    owner: str = "root"
    group: str = "root"
    mode: int = 0o644
    secret: bool = False
    """Its text is not shown in a diff."""
    followed: str = ""
    """The one setting in it that our own programs change while the box runs: that was not by hand."""

    @property
    def key(self) -> Key:
        return Key(KIND, self.path)

    @property
    def _wanted(self) -> bytes:
        return self.text.encode() if isinstance(self.text, str) else self.text

    def lacks(self, site: Site) -> str:
        file = site.machine.at(self.path)
        there = _content(file)
        if there == self._wanted:
            return "" if self._rights_are_good(site.machine, file) else f"{self._rights()} for {self.path}"
        by_hand = _by_hand(site, self.key, there)
        old = "" if there is None else there.decode("utf-8", "replace")
        shown = difflib.unified_diff(
            old.splitlines(), self._wanted.decode("utf-8", "replace").splitlines(), lineterm="", n=1
        )
        told = [f"{'write' if there is None else 'change'} {self.path} ({self._rights()})"]
        if by_hand:
            told.append(f"  {self.path} {by_hand}; a copy of it is kept beside it")
        return "\n".join(told + ([] if self.secret else [f"  {line}" for line in list(shown)[2:]]))

    def do(self, site: Site) -> None:
        file = site.machine.at(self.path)
        there = _content(file)
        wanted = self._wanted
        if there is not None and _by_hand(site, self.key, there):
            self._keep(site, file, there)
        # Both, in case we are killed before the new one is there: neither was edited by hand.
        ours = [each for each in dict.fromkeys((wanted, there)) if each is not None]
        site.ledger.note(self.key, sha256=[_hash(each) for each in ours])
        if self.followed:
            rest = [_hash(_without(self.followed, each)) for each in ours]
            site.ledger.note(self.key, followed=self.followed, rest=rest)
        folders.make_above(site, self.key, self.path)
        user, group = site.machine.owner(self.owner, self.group)
        place(file, wanted, mode=self.mode, user=user, group=group)

    def _keep(self, site: Site, file: Path, content: bytes) -> None:
        """The one that was there before us comes back when we go."""
        ours = self.key in site.ledger
        kept = f"{self.path}.{f'edited-{datetime.now(UTC):%Y%m%d-%H%M%S}' if ours else 'before-gatehouse'}"
        found = file.stat()
        place(site.machine.at(kept), content, mode=found.st_mode & 0o7777, user=found.st_uid, group=found.st_gid)
        if not ours:
            site.ledger.note(self.key, before=kept)

    def _rights(self) -> str:
        return f"{self.owner}:{self.group} {self.mode:04o}"

    def _rights_are_good(self, machine: Machine, file: Path) -> bool:
        found = file.stat()
        wanted = (machine.user_id(self.owner), machine.group_id(self.group))
        return (found.st_uid, found.st_gid) == wanted and found.st_mode & 0o7777 == self.mode


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFile:
    """Its text is another file's, which an earlier step makes."""

    path: str
    source: str
    owner: str = "root"
    group: str = "root"
    mode: int = 0o644

    @property
    def key(self) -> Key:
        return Key(KIND, self.path)

    def lacks(self, site: Site) -> str:
        if not site.machine.at(self.source).exists():
            return f"write {self.path}, a copy of {self.source}"
        return self._file(site).lacks(site)

    def do(self, site: Site) -> None:
        self._file(site).do(site)

    def _file(self, site: Site) -> TextFile:
        text = site.machine.at(self.source).read_bytes()
        return TextFile(path=self.path, text=text, owner=self.owner, group=self.group, mode=self.mode, secret=True)


def undo(site: Site, key: Key, facts: Facts) -> None:
    file = site.machine.at(key.name)
    there = _content(file)
    if there is not None and _by_hand(site, key, there):
        site.say(f"  {key.name} was edited by hand: it stays as {key.name}.edited")
        file.replace(file.with_name(f"{file.name}.edited"))
    if before := facts.get("before"):
        site.machine.at(before).replace(file)
    else:
        file.unlink(missing_ok=True)
    folders.remove_above(site, facts)


def _by_hand(site: Site, key: Key, there: bytes | None) -> str:
    """Why what is there is not ours to throw away; empty where it is."""
    if there is None:
        return ""
    if key not in site.ledger:
        return "was there before"
    facts = site.ledger.facts(key)
    ours = _hash(there) in facts.get("sha256", ()) or (
        "followed" in facts and _hash(_without(facts["followed"], there)) in facts["rest"]
    )
    return "" if ours else "was edited by hand"


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _without(setting: str, content: bytes) -> bytes:
    begins = f"{setting} = ".encode()
    return b"".join(line for line in content.splitlines(keepends=True) if not line.startswith(begins))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
