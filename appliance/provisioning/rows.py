"""The first rows: the school, its gateway's token, the first account. The programs' own commands make them."""

import secrets
from dataclasses import dataclass

from appliance.provisioning.accounts import APPLIANCE, GATEWAY
from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.machine import MachineError
from appliance.provisioning.made import PROGRAM
from appliance.provisioning.placing import place
from appliance.provisioning.plan import Site

KIND = "row"
SETTINGS = "/etc/gatehouse/appliance.toml"
DEVICE = "gateway"


@dataclass(frozen=True, slots=True)
class School:
    name: str
    slug: str

    @property
    def key(self) -> Key:
        return Key(KIND, f"school {self.slug}")

    def lacks(self, site: Site) -> str:
        return "" if self.key in site.ledger else f"add the school {self.name} as {self.slug}"

    def do(self, site: Site) -> None:
        try:
            _gatehouse(site, "school", "add", self.name, "--slug", self.slug)
        except MachineError as e:
            if "there is a school" not in str(e):  # of a run that was killed, or of one before --remove --keep-data
                raise
        site.ledger.note(self.key)


@dataclass(frozen=True, slots=True)
class SensorToken:
    school: str
    file: str

    @property
    def key(self) -> Key:
        return Key("made", self.file)

    def lacks(self, site: Site) -> str:
        return "" if site.machine.at(self.file).exists() else f"let the gateway post: token in {self.file}"

    def do(self, site: Site) -> None:
        """The token is put in its place when the appliance has it for certain."""
        site.ledger.note(self.key, files=[self.file])
        draft = "/var/lib/gatehouse/appliance/new.token"
        site.machine.at(draft).unlink(missing_ok=True)
        of_school = (DEVICE, "--school", self.school)
        try:
            _gatehouse(site, "device", "revoke", *of_school)
        except MachineError as e:
            if "has no device" not in str(e):
                raise
        _gatehouse(site, "device", "add", *of_school, "--token-file", draft)
        user, group = site.machine.owner(GATEWAY, GATEWAY)
        place(site.machine.at(self.file), site.machine.at(draft).read_bytes(), mode=0o600, user=user, group=group)
        site.machine.at(draft).unlink()


@dataclass(frozen=True, slots=True)
class FirstAccount:
    login: str
    name: str
    school: str
    watched: bool = True
    """Whether somebody sees its password said; else it is left to another run."""

    @property
    def key(self) -> Key:
        return Key(KIND, f"account {self.login}")

    def lacks(self, site: Site) -> str:
        made = self.key in site.ledger or not self.watched
        return "" if made else f"add the first account, {self.login} ({self.name})"

    def do(self, site: Site) -> None:
        """A run that was killed before it said the password gives another one."""
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        of_stdin = ("--password-file", "-")
        about = ("--name", self.name, "--role", "dsl", "--school", self.school)
        try:
            _gatehouse(site, "user", "add", self.login, *about, *of_stdin, said=f"{password}\n")
        except MachineError as e:
            if "already" not in str(e):
                raise
            _gatehouse(site, "user", "password", self.login, *of_stdin, said=f"{password}\n")
        site.say(f"  {self.name} signs in as {self.login} with the password {password}")
        site.say("  It is kept nowhere and has to be changed at the first sign-in.")
        site.ledger.note(self.key)


def undo(site: Site, key: Key, facts: Facts) -> None:
    """They go with the database, or stay with it."""


def _gatehouse(site: Site, *command: str, said: str = "") -> str:
    return site.machine.run(PROGRAM, *command, "--config", SETTINGS, user=APPLIANCE, said=said)
