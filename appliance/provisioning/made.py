"""Keys and the like, made once by one of our own commands and then never again."""

import os
import secrets
from dataclasses import dataclass

from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.machine import MachineError
from appliance.provisioning.placing import place
from appliance.provisioning.plan import Site

KIND = "made"
PROGRAM = "/opt/gatehouse/current/scripts/gatehouse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    files: tuple[str, ...]
    """The secret one first: while it is missing, the others are left over from a run that was killed."""
    command: tuple[str, ...]
    """Of ours, as after ``gatehouse``."""
    user: str
    """Who runs it, and whose the files are."""
    group: str = ""
    """Who else may read the first of them."""

    @property
    def key(self) -> Key:
        return Key(KIND, self.files[0])

    def lacks(self, site: Site) -> str:
        missing = [each for each in self.files if not site.machine.at(each).exists()]
        return f"make {', '.join(missing)} (gatehouse {self.command[0]})" if missing else ""

    def do(self, site: Site) -> None:
        first, *others = (site.machine.at(each) for each in self.files)
        if first.exists():
            lost = [str(each) for each in others if not each.exists()]
            raise MachineError(f"{', '.join(lost)}: lost, while {first} is there; put it back from a backup")
        for each in others:
            each.unlink(missing_ok=True)
        site.ledger.note(self.key, files=list(self.files))
        site.machine.run(PROGRAM, *self.command, user=self.user)
        if self.group:
            os.chown(first, *site.machine.owner(self.user, self.group))
            first.chmod(0o640)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Random letters that only programs read."""

    file: str
    user: str

    @property
    def key(self) -> Key:
        return Key(KIND, self.file)

    def lacks(self, site: Site) -> str:
        return "" if site.machine.at(self.file).exists() else f"make {self.file}"

    def do(self, site: Site) -> None:
        site.ledger.note(self.key, files=[self.file])
        user, group = site.machine.owner(self.user, self.user)
        content = secrets.token_urlsafe(48).encode() + b"\n"
        place(site.machine.at(self.file), content, mode=0o600, user=user, group=group)


def undo(site: Site, key: Key, facts: Facts) -> None:
    for each in facts["files"]:
        site.machine.at(each).unlink(missing_ok=True)
