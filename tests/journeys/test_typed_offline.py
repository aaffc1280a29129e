"""What a pupil types on a laptop that is away from everything, and what the safeguarding lead sees once it is back."""

import re
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.running.settings_files import SCHOOL
from tests.agent.service.device import ME, QUICK, Device, ended
from tests.appliance.agents.running import running as agents
from tests.appliance.deadline import eventually
from tests.desktop import Screen, missing, screen
from tests.journeys.whole import ADDRESS, PROJECT, PUPIL, Whole, free_ports, sign_in

SENTENCE = "The lesson was about rivers, and at home my stepdad hits me every night. "
"""None of its beginnings is of another kind: on a slow machine typing may halt anywhere, and that is said then."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Screen]:
    if reason := missing("mousepad"):
        pytest.skip(reason)
    with screen() as made:
        yield made


def test_what_is_typed_offline_is_with_the_lead_once_when_the_device_is_back(
    whole: Whole, dsl: Browser, desk: Screen, tmp_path: Path
) -> None:
    config = agents_settings(whole, tmp_path)
    device = Device(tmp_path / "laptop")
    own_settings(device)
    with ended(device):
        with agents(config) as (address, _):
            enrol(whole, config, address, device)
            device.start()
            watched(device)
        with looking(desk, device, tmp_path / "session.log"):
            desk.editor()
            desk.wait_for_window("Mousepad")
            desk.type(SENTENCE)
            eventually(lambda: waiting(device) == 1, within=60)
            for _ in range(3):
                device.kill()
                device.start()
                device.ready()
            assert waiting(device) == 1
        with agents(config):
            context, console = sign_in(dsl, whole)
            open_capture(console, whole)
            expect(console.locator("mark").first).to_contain_text("hits me")
            expect(console.get_by_text("Mousepad").first).to_be_visible()
            expect(console.get_by_text(re.compile("off site")).first).to_be_visible()
            eventually(lambda: waiting(device) == 0, within=60)
            context.close()


def agents_settings(whole: Whole, folder: Path) -> Path:
    """Beside the running appliance, on its store, and on a port that stays the same."""
    appliance = tomllib.loads(whole.places.settings("appliance").read_text())
    taken = {name: appliance[name] for name in ("database", "vault", "private_key", "library_key")}
    (port,) = free_ports(1)
    rows = [f'{name} = "{value}"' for name, value in taken.items()]
    rows += [f'authority = "{folder / "authority"}"', 'names = ["127.0.0.1"]', 'host = "127.0.0.1"', f"port = {port}"]
    file = folder / "agents.toml"
    file.write_text("\n".join(rows) + "\n")
    return file


def own_settings(device: Device) -> None:
    device.state.mkdir(parents=True)
    rows = {"state": "state", "socket": "run/agent.sock", "session_unit": ""}
    text = [f'{name} = "{value}"' for name, value in rows.items()]
    text += [f"{name} = {value}" for name, value in (QUICK | {"free_megabytes": 0}).items()]
    (device.folder / "agent.toml").write_text("\n".join(text) + "\n")


def enrol(whole: Whole, config: Path, address: str, device: Device) -> None:
    people = device.folder / "people.csv"
    people.write_text(f"name,role,year,address,ref,account\n{PUPIL},pupil,9,{ADDRESS},p-robin,{ME}\n")
    settings = str(whole.places.settings("appliance"))
    whole.gatehouse("people", "import", str(people), "--school", SCHOOL, "--config", settings)
    said = whole.gatehouse(
        "agent", "code", "laptop-3", "--person", "p-robin", "--school", SCHOOL, "--by", "dsl", "--config", str(config)
    )
    code = said.splitlines()[0]
    command = [sys.executable, "-m", "agent.cli", "enrol", "--appliance", address]
    done = subprocess.run(
        [*command, "--code", code, "--state", str(device.state)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def watched(device: Device) -> None:
    """Until the school has said whose the account is, and what may be seen."""
    session = device.session()
    device.watched(session)
    session.stop(1)


@contextmanager
def looking(desk: Screen, device: Device, log: Path) -> Iterator[None]:
    """The session's own program on that desktop; once it looks."""
    command = [sys.executable, "-m", "agent.cli", "session", "--socket", str(device.socket)]
    environment = desk.environment | {"PYTHONPATH": str(PROJECT)}
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, cwd=PROJECT, stderr=said)
    try:
        eventually(lambda: "looking at the desktop" in log.read_text(), within=60)
        yield
    finally:
        process.terminate()
        process.wait(20)


def waiting(device: Device) -> int:
    """Detections in its outbox."""
    with closing(sqlite3.connect(f"file:{device.state / 'outbox.db'}?mode=ro", uri=True, timeout=30)) as outbox:
        ((count,),) = outbox.execute("SELECT count(*) FROM letters WHERE kind = 'detection'")
    return int(count)


def open_capture(console: Page, whole: Whole) -> None:
    row = console.locator("ol.rows li").filter(has_text=PUPIL).filter(has_text="Abuse")

    def there() -> bool:
        console.goto(whole.console)
        return row.count() > 0

    eventually(there, within=90)
    row.locator("a").first.click()

    def drawn() -> bool:
        console.reload()
        return console.locator("figure.picture img").count() > 0

    eventually(drawn, within=60)
