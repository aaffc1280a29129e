"""The users that programs run as: none can sign in, none owns what another writes."""

from dataclasses import dataclass

from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

KIND = "user"

GATEWAY = "gatehouse-gateway"
"""Reads traffic; cannot open what it has reported."""
APPLIANCE = "gatehouse"
"""Keeps the records: appliance, worker and console."""
RENDERER = "gatehouse-render"
"""Draws pages; owns nothing."""
ENROLMENT = "gatehouse-enrol"
"""Serves devices that have no certificate yet; reads what is public."""
ALL = (GATEWAY, APPLIANCE, RENDERER, ENROLMENT)


@dataclass(frozen=True, slots=True)
class Account:
    name: str

    @property
    def key(self) -> Key:
        return Key(KIND, self.name)

    def lacks(self, site: Site) -> str:
        return "" if site.machine.user_id(self.name) is not None else f"add user and group {self.name}"

    def do(self, site: Site) -> None:
        site.ledger.note(self.key)
        nowhere = ("--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
        # A group left by a run that was killed half-way is taken up.
        group = ("--gid", self.name) if site.machine.group_id(self.name) is not None else ("--user-group",)
        site.machine.run("useradd", "--system", *nowhere, *group, self.name)


def undo(site: Site, key: Key, facts: Facts) -> None:
    if site.machine.user_id(key.name) is not None:
        site.machine.run("userdel", key.name)
    if site.machine.group_id(key.name) is not None:
        site.machine.run("groupdel", key.name)
