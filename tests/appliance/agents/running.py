"""The agents' endpoint as a program, its settings, and what a device then meets."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import store
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.models import Organisation
from detection import wire
from tests.appliance import factories
from tests.appliance.agents.device import DeviceUnderTest
from tests.appliance.factories import PRIVATE_KEY, envelope, report

PROGRAM = "import sys; from appliance.agents.serve import main; sys.exit(main(sys.argv[1:]))"


def written(folder: Path, url: str) -> Path:
    """Settings for a store with one school and one pupil in it."""
    sessions = store.sessions(url)
    with sessions.begin() as session:
        factories.person(session, factories.school(session), "p0701", year="7").account = "s.field"
    sessions.kw["bind"].dispose()
    (folder / "appliance.key").write_bytes(PRIVATE_KEY)
    (folder / "library.key").write_bytes(bytes(SigningKey.generate()))
    (folder / "library.key").chmod(0o600)
    file = folder / "agents.toml"
    file.write_text(
        f"database = {json.dumps(url)}\n"
        'vault = "vault"\nprivate_key = "appliance.key"\nlibrary_key = "library.key"\nauthority = "authority"\n'
        'names = ["127.0.0.1"]\nhost = "127.0.0.1"\nport = 0\nthreads = 4\n'
        '[on_site]\noak = ["127.0.0.0/8"]\n'
    )
    return file


@contextmanager
def running(config: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Its address and its process."""
    command = [sys.executable, "-c", PROGRAM, "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said.startswith("gatehouse agents: listening on https://")
            yield said.split()[-1], process
        finally:
            process.terminate()


def code(sessions: sessionmaker[Session], device: str = "lab-07", uses: int = 1) -> str:
    with sessions.begin() as session:
        school, now = session.scalars(select(Organisation)).one(), datetime.now(UTC)
        return codes.make(session, school, device=device, uses=uses, lasts=timedelta(hours=1), by="it", now=now)


def met(address: str, config: Path, name: str = "device") -> DeviceUnderTest:
    """One that knows the authority, as by the pin behind its code."""
    own = config.with_name(name)
    own.mkdir(exist_ok=True)
    (own / "authority.pem").write_text(authority(config.with_name("authority"), datetime.now(UTC)).pem)
    return DeviceUnderTest(address, own)


def seen(id: str = "obs-1", *, device: str = "lab-07", people: tuple[str, ...] = ("p0701",)) -> dict[str, Any]:
    """What a device posts of something written just now."""
    plain = report(id, seen_at=datetime.now(UTC))
    whose = replace(plain.detection.observation.subject, people=people, device=device, identity_source="agent")
    observation = replace(plain.detection.observation, subject=whose)
    return envelope(wire.Report(detection=replace(plain.detection, observation=observation)))
