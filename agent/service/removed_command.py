"""``gatehouse-agent removed``: tell the appliance that the agent is taken off this device; for what removes it."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from agent.enrolment import enrolled
from agent.enrolment.derived_key import derived
from agent.service.accounts import Accounts
from agent.service.addresses import own_addresses
from agent.service.alive import since_boot
from agent.service.heartbeat import Condition, Heartbeats
from agent.service.journal import Happened, Journal
from agent.service.policy_kept import PolicyKept
from agent.service.school_clock import SchoolClock
from agent.service.sealed_file import SealedFile
from agent.service.settings import FILE, AgentSettings
from agent.service.whereabouts import Whereabouts
from agent.version import system
from detection import settings
from detection.client import Client
from detection.outbox import Outbox
from detection.settings import SettingsError


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent removed", description="Tell the appliance that the agent is taken off this device."
    )
    parser.add_argument("--config", type=Path, default=FILE, metavar="FILE", help=f"{FILE}, if not given")
    arguments = parser.parse_args(argv)
    try:
        loaded = settings.load(arguments.config, AgentSettings) if arguments.config.exists() else AgentSettings()
        error = tell(loaded)
    except (SettingsError, OSError) as e:
        error = str(e)
    if error:
        print(f"{parser.prog}: the school is not told: {error}", file=sys.stderr)
    return 1 if error else 0


def tell(loaded: AgentSettings) -> str:
    """Why it was not told; empty where it was."""
    device = enrolled.read(loaded.state)
    client, journal = Client(device.client), Journal(loaded.journal)
    try:
        journal.add(Happened.REMOVED, _now())
        heartbeats = _heartbeats(loaded, client, journal)
        heartbeats.beat()
        return heartbeats.error
    finally:
        client.close()
        journal.close()


def _heartbeats(loaded: AgentSettings, client: Client, journal: Journal) -> Heartbeats:
    device = enrolled.read(loaded.state)

    def sealed(name: str) -> SealedFile:
        return SealedFile(loaded.state / f"{name}.sealed", derived(device.key, name))

    return Heartbeats(
        client,
        journal,
        Accounts(sealed("accounts"), _now),
        PolicyKept(client, sealed("policy")),
        Whereabouts(own_addresses, since_boot),
        SchoolClock(_now, since_boot),
        lambda: _condition(loaded),
        renew=lambda asked: None,
        changed=lambda: None,
        clock=_now,
    )


def _condition(loaded: AgentSettings) -> Condition:
    """Of a sensor that does not run here; what waits is kept, or gone with the device's own folder."""
    outbox = Outbox(loaded.outbox)
    counts = outbox.counts()
    outbox.close()
    return Condition(
        engine_version="",
        library_version="",
        model_version="",
        system=system(),
        waiting=max(1, counts.waiting),
        set_aside=counts.set_aside,
        dropped=0,
        oldest_waiting=counts.oldest_waiting,
        last_detection_at=None,
        health=(),
    )


def _now() -> datetime:
    return datetime.now(UTC)
