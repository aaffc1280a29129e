"""What the commands about networks share: where they look, whose box it is, how an act reaches the firewall."""

import argparse
import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from appliance import networks, organisations, reviewers, store
from appliance.commands.mistake import Mistake
from appliance.config import ApplianceSettings
from appliance.models import Organisation, Reviewer
from appliance.provisioning import box as box_file
from appliance.provisioning import following, live_rules, network_states
from appliance.provisioning.box import Box
from appliance.provisioning.network_states import NetworkState
from detection import settings

CONFIG = Path("/etc/gatehouse/appliance.toml")


@dataclass(frozen=True, slots=True)
class OnTheBox:
    sessions: sessionmaker[Session]
    box: Box
    file: Path
    """What the firewall goes by after its next start; beside box.toml."""

    def carry_out(
        self, session: Session, school: Organisation, commands: Callable[[tuple[NetworkState, ...]], str]
    ) -> None:
        """Write down how the networks stand now and let the firewall follow; if it does not, neither is changed."""
        before = self.file.read_text("utf-8") if self.file.exists() else None
        states = self.write(session, school)
        try:
            live_rules.apply(commands(states))
        except live_rules.FirewallError:
            if before is None:
                self.file.unlink(missing_ok=True)
            else:
                network_states.write(self.file, before)
            raise

    def write(self, session: Session, school: Organisation) -> tuple[NetworkState, ...]:
        states = networks.states(networks.standings(session, school.id, self.box.network))
        network_states.write(self.file, network_states.text(states))
        return states

    def follow(self) -> None:
        """The gateway takes up how the networks stand; the firewall has already."""
        following.follow(self.file.parent, self.box, network_states.load(self.file, self.box))


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--school", default="", metavar="SLUG", help="where the box serves several; else its own")
    parser.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help=f"the appliance's; {CONFIG}")
    parser.add_argument("--box", type=Path, default=box_file.FILE, metavar="FILE", help=f"of the box; {box_file.FILE}")


def opened(given: argparse.Namespace) -> OnTheBox:
    box = settings.load(given.box, Box)
    if box.appliance:
        raise Mistake(
            f"this box reports to {box.appliance.address}: networks are agreed to and paused there, for both boxes"
        )
    loaded = settings.load(given.config, ApplianceSettings)
    store.migrate(loaded.database)
    return OnTheBox(store.sessions(loaded.database), box, given.box.with_name(network_states.FILE.name))


def school(session: Session, given: argparse.Namespace, box: Box) -> Organisation:
    """Named, or the one box.toml names. Mistake where there is none."""
    if given.school:
        return organisations.get(session, given.school)
    found = organisations.find(session, box.school) or organisations.find(session, organisations.slug_of(box.school))
    if found is None:
        raise Mistake(f"there is no school {box.school!r}, which {given.box} names; add it, or say --school SLUG")
    return found


def actor(session: Session, login: str) -> str:
    """The same as an entry has it."""
    by = who(session, login)
    return f"reviewer:{by.login}" if isinstance(by, Reviewer) else by


def who(session: Session, login: str) -> Reviewer | str:
    """The reviewer of that login; without one, who is at the box."""
    return reviewers.get(session, login) if login else f"{os.environ.get('SUDO_USER') or getpass.getuser()} at the box"
