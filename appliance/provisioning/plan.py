"""A plan: small steps, each of which knows whether it is done already. What no step wants any longer is undone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from appliance.provisioning.ledger import Facts, Key, Ledger
from appliance.provisioning.machine import Machine

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """Where steps work."""

    machine: Machine
    ledger: Ledger
    say: Say


class Step(Protocol):
    @property
    def key(self) -> Key: ...

    def lacks(self, site: Site) -> str:
        """What would be done, in a line or a diff; empty where all is as it should be."""

    def do(self, site: Site) -> None:
        """Safe to repeat after it was killed at any point. What undoing needs is noted before it is made."""


Undo = Callable[[Site, Key, Facts], None]
"""Takes away what the ledger says was made. Safe to repeat."""


def carry_out(steps: Sequence[Step], site: Site, undos: Mapping[str, Undo], *, dry: bool) -> int:
    """How many changes were made, or with ``dry`` would be."""
    wanted = {step.key for step in steps}
    left_over = [key for key in site.ledger.made() if key not in wanted]
    changes = 0
    for step in steps:
        if lacks := step.lacks(site):
            changes += 1
            site.say(lacks)
            if not dry:
                step.do(site)
    return changes + take_away(left_over, site, undos, dry=dry)


def take_away(keys: Iterable[Key], site: Site, undos: Mapping[str, Undo], *, dry: bool) -> int:
    """The last made first."""
    taken = 0
    for key in reversed(list(keys)):
        site.say(f"remove {key}")
        taken += 1
        if not dry:
            undos[key.kind](site, key, site.ledger.facts(key))
            site.ledger.strike(key)
    return taken
