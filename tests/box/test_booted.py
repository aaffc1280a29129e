"""The box whole: a bare Debian provisioned by the real command, then started by its own systemd between pupils and web.

Its programs are killed and held still, its plug is pulled, and it is brought up to date, back, and up to date again.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from appliance.provisioning.release import PARTS, version_of
from tests.appliance.deadline import eventually
from tests.box.bare_debian import RELEASES, Release, suite_of
from tests.box.machine import NEEDS, PROJECT, SOON, Machine, bare_machine, in_a_folder, provision
from tests.box.origin import Origin
from tests.box.pupil import curl
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, GATEWAY_PUPILS6, Town

BOX = f"""
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "outside"
notice_url = "https://hill.example/monitoring"
workers = 1
origin_ca = "/etc/gatehouse/origin-ca.pem"

[[network]]
name = "pupils"
interface = "pupils"
address = "{GATEWAY_PUPILS}/24"
address6 = "{GATEWAY_PUPILS6}/64"

[[network]]
name = "guests"
interface = "guests"
kind = "guest"
address = "{GATEWAY_GUESTS}/24"

[update]
source = "/srv/releases"
root = "/etc/gatehouse/update-root.json"
"""
AGREED = (
    "--by", "safeguarding-lead", "--notice", "https://hill.example/monitoring", "--published", "2026-01-05",
    "--dpia", "DPIA-2026-3", "--retention", "365",
    "--contact", "Ms Hill <hill@hill.example>", "--contact", "Mr Reid <reid@hill.example>",
)  # fmt: skip
PROGRAMS = ("appliance", "console", "dns", "enrolment", "gateway", "worker")
PYTHON = "/opt/gatehouse/current/.venv/bin/python"
COUNT = "SELECT count(*) FROM captures WHERE text = ? AND draw_state = 'drawn'"

pytestmark = [pytest.mark.slow, *NEEDS]


@pytest.fixture(scope="module", params=RELEASES, ids=suite_of)
def machine(
    request: pytest.FixtureRequest, town: Town, internet: Origin, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    release: Release = request.param
    folder = tmp_path_factory.mktemp("booted")
    root, box = folder / "debian", folder / "box.toml"
    box.write_text(BOX)
    with bare_machine(root, release.suite, internet.ca), ExitStack() as stack:
        first = _publish(root, "new").split(":")[0]
        shutil.copy(first, root / "etc/gatehouse/update-root.json")
        with in_a_folder(root):
            done = provision(root, box)
            assert done.returncode == 0, done.stdout
            _done("chroot", root, "env", "PYTHONPATH=/opt/gatehouse/current", "/usr/bin/python3", "-P", "-B", "-m",
                  "appliance.provisioning.wheels", "/srv/wheels")  # fmt: skip
        made = Machine(root, town, PROGRAMS)
        stack.callback(made.off)
        yield made


def _publish(root: Path, act: str, *more: object) -> str:
    keys = ("--keys", root.with_name("keys"))
    return _done(PROJECT / "scripts/gatehouse", "publish", act, root / "srv/releases", *keys, *more)


def _done(*command: object) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _release(machine: Machine, folder: Path, file: str, more: str) -> str:
    """Publish this program with ``more`` at the end of a file. Its version."""
    for part in PARTS:
        source, target = PROJECT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    with (folder / file).open("a") as changed:
        changed.write(more)
    _publish(machine.root, "release", "--source", folder, "--wheels", machine.root / "srv/wheels")
    return version_of(folder)


def searches(machine: Machine, words: str) -> int:
    """A pupil does; the status of what comes back, by a gateway that signs as the school."""
    url = f"https://search.test/search?q={words.replace(' ', '+')}"
    by_hand = ("-H", "Sec-Fetch-Mode: navigate", "-H", "Sec-Fetch-Site: same-origin", "-H", "Sec-Fetch-User: ?1")
    return curl(machine.town.pupils, url, machine.root / "etc/gatehouse/root.pem", more=by_hand).status


def drawn(machine: Machine, words: str) -> int:
    """How many captures of it have a picture."""
    ask = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2], sys.argv[3:]).fetchone()[0])"
    database = "/var/lib/gatehouse/appliance/gatehouse.db"
    return int(machine.box.run(PYTHON, "-c", ask, database, COUNT, words).stdout)


def _update(machine: Machine, act: str) -> "subprocess.CompletedProcess[str]":
    """With less patience than a box in a school has."""
    settings = machine.root / "etc/gatehouse/update.toml"
    (machine.root / "root/update.toml").write_text(settings.read_text() + "patience_seconds = 90.0\n")
    return machine.box.run("gatehouse", "update", act, "--config", "/root/update.toml", within=1200, check=False)


def test_everything_starts_and_nothing_is_read_before_it_was_agreed(machine: Machine, internet: Origin) -> None:
    eventually(machine.works, within=SOON)
    assert machine.box.failed() == ""
    assert curl(machine.town.pupils, "https://web.test/", internet.ca).status == 200


def test_of_this_machines_kernel_it_sets_what_is_its_networks_and_nothing_else(machine: Machine) -> None:
    shared = Path("/proc/sys/kernel/core_pattern")
    before = shared.read_text()
    tried = machine.box.run("sh", "-c", f"echo changed >{shared}", check=False)
    assert tried.returncode != 0
    assert shared.read_text() == before
    assert machine.box.run("cat", "/proc/sys/net/ipv4/ip_forward").stdout == "1\n"


def test_what_a_pupil_writes_in_an_agreed_network_is_on_file_with_its_picture(machine: Machine) -> None:
    machine.box.run("gatehouse", "network", "agree", "pupils", *AGREED)
    eventually(lambda: searches(machine, "a quiet afternoon") != 0, within=SOON)
    searches(machine, "i am going to kill myself tonight")
    eventually(lambda: drawn(machine, "i am going to kill myself tonight") == 1, within=SOON)


def test_the_journal_holds_nothing_of_it(machine: Machine) -> None:
    said = machine.journal()
    assert "gatehouse" in said
    assert "myself" not in said


@pytest.mark.parametrize("signal", ["KILL", "STOP"])
def test_programs_that_are_killed_or_held_still_come_back(machine: Machine, signal: str) -> None:
    before = {program: machine.pid(program) for program in PROGRAMS}
    watched = [program for program in PROGRAMS if signal == "KILL" or program in ("gateway",)]
    for program in watched:
        machine.box.run("kill", f"-{signal}", before[program])
    eventually(lambda: all(machine.pid(each) not in (0, before[each]) for each in watched), within=2 * SOON)
    eventually(machine.works, within=SOON)


def test_after_its_plug_was_pulled_it_comes_up_and_has_lost_nothing(machine: Machine) -> None:
    searches(machine, "i want to end my life tonight")
    machine.off()
    machine.on()
    eventually(machine.works, within=SOON)
    assert drawn(machine, "i am going to kill myself tonight") == 1
    eventually(lambda: drawn(machine, "i want to end my life tonight") == 1, within=SOON)
    verified = machine.box.run("runuser", "-u", "gatehouse", "--", "gatehouse", "verify", "--config",
                               "/etc/gatehouse/appliance.toml")  # fmt: skip
    assert verified.returncode == 0, verified.stdout


def test_a_newer_release_is_installed_without_the_internet(machine: Machine, tmp_path: Path) -> None:
    first, newer = machine.release, _release(machine, tmp_path / "newer", "README.md", "\nNewer.\n")
    done = _update(machine, "apply")
    assert done.returncode == 0, done.stdout
    assert machine.release == newer != first
    assert machine.works()
    searches(machine, "nobody would miss me if i was dead")
    eventually(lambda: drawn(machine, "nobody would miss me if i was dead") == 1, within=SOON)


def test_one_whose_console_does_not_start_is_taken_back(machine: Machine, tmp_path: Path) -> None:
    before, broken = machine.release, _release(machine, tmp_path / "broken", "console/__init__.py", "\n1 / 0\n")
    done = _update(machine, "apply")
    assert done.returncode == 2
    assert f"release {broken} was taken back" in done.stdout
    assert machine.release == before
    eventually(machine.works, within=SOON)


def test_it_goes_back_by_hand_and_its_settings_and_account_stay(machine: Machine) -> None:
    newer = machine.release
    done = _update(machine, "back")
    assert done.returncode == 0, done.stdout
    assert machine.release != newer
    assert machine.works()
    by_hand = machine.box.run("gatehouse", "provision", within=900).stdout
    assert by_hand.startswith("Nothing to change"), by_hand
