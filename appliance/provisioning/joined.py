"""A second gateway's keys: made when it joins the first box's appliance with a code, once."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from appliance.provisioning import settings_files as at
from appliance.provisioning.accounts import GATEWAY
from appliance.provisioning.ledger import Key
from appliance.provisioning.machine import MachineError
from appliance.provisioning.made import KIND, PROGRAM
from appliance.provisioning.placing import place
from appliance.provisioning.plan import Site

DRAFT = f"{at.FOLLOW_STATE}/joining"
OPEN_TO_ALL = {
    "first.pem": at.FIRST_AUTHORITY,
    "gateway.crt": at.OWN_CERTIFICATE,
    "appliance.pub": at.PUBLIC_KEY,
    "library.pub": at.LIBRARY_KEY,
}
SECRET = {"canary.key": at.CANARY_KEY, "gateway.key": at.OWN_KEY}
"""The gateway's own key last: with it all is there."""
NEEDED = (
    "a code is needed to join the first box: make one there with sudo gatehouse device code NAME --school SLUG, and "
    "run this again, which asks for it (or --code-file FILE)"
)


@dataclass(frozen=True, slots=True)
class Joined:
    address: str
    code: Callable[[], str]
    again: bool = False
    """Also where it has joined: after the first box has cut it off. Its key stays, for what waits hangs on it."""

    @property
    def key(self) -> Key:
        return Key(KIND, at.OWN_KEY)

    def lacks(self, site: Site) -> str:
        there = site.machine.at(at.OWN_KEY).exists()
        return f"join the appliance at {self.address}, with a code" if self.again or not there else ""

    def do(self, site: Site) -> None:
        """A run that was killed after it had joined needs no other code."""
        draft = site.machine.at(DRAFT)
        site.ledger.note(self.key, files=[*OPEN_TO_ALL.values(), *SECRET.values()])
        if not (draft / "gateway.key").exists():
            self._join(site)
        for name, path in OPEN_TO_ALL.items():
            place(site.machine.at(path), (draft / name).read_bytes(), mode=0o644, user=-1, group=-1)
        user, group = site.machine.owner(GATEWAY, GATEWAY)
        for name, path in SECRET.items():
            place(site.machine.at(path), (draft / name).read_bytes(), mode=0o600, user=user, group=group)
        shutil.rmtree(draft)

    def _join(self, site: Site) -> None:
        draft = site.machine.at(DRAFT)
        if not (code := self.code().strip()):
            raise MachineError(NEEDED)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        own = ("--key", at.OWN_KEY) if site.machine.at(at.OWN_KEY).exists() else ()
        said = site.machine.run(PROGRAM, "join", "--appliance", self.address, "--into", DRAFT, *own, said=f"{code}\n")
        site.say(f"  {said.strip()}")
