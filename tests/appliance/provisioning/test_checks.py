"""What would make provisioning fail half-way is said before anything is touched."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.provisioning import checks
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.ledger import Key
from appliance.provisioning.machine import Machine
from appliance.provisioning.plan import Site
from appliance.provisioning.proxy_wishes import ProxyWishes
from appliance.provisioning.update_source import UpdateSource

BOX = Box(
    school="Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="pupils", interface="eth1", address="10.20.0.1/16"),),
)


@pytest.mark.parametrize(
    ("release", "said"),
    [
        ("ID=debian\nVERSION_ID=13\n", ""),
        ("ID=debian\nVERSION_ID=12\n", ""),
        ('ID=debian\nPRETTY_NAME="Debian forky/sid"\n', ""),
        ('ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11"\n', "Debian GNU/Linux 11: bring it"),
        ('ID=ubuntu\nVERSION_ID="26.04"\nPRETTY_NAME="Ubuntu 26.04"\n', "this is Ubuntu 26.04: the box runs on Debian"),
        ("", "runs on Debian"),
    ],
)
def test_only_debian_will_do(machine: Machine, release: str, said: str) -> None:
    machine.at("/etc/os-release").write_text(release)
    found = checks.of_the_machine(machine, dry=True)
    assert [said in each for each in found] == ([True] if said else [])


def test_only_root_may_and_anybody_may_look(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.at("/etc/os-release").write_text("ID=debian\nVERSION_ID=13\n")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert checks.of_the_machine(machine, dry=True) == []
    (said,) = checks.of_the_machine(machine, dry=False)
    assert "sudo" in said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("flags\t\t: fpu sse2 ssse3 cx16 sse4_1 sse4_2 popcnt avx2\n", ""),
        ("flags\t\t: fpu sse2 cx16 ssse3\n", "lacks popcnt, sse4_1, sse4_2: choose the type host"),
        ("Features\t: fp asimd\n", ""),
    ],
)
def test_a_processor_that_could_not_run_the_model_is_no_use(tmp_path: Path, told: str, said: str) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(f"processor\t: 0\n{told}")
    found = checks.of_the_processor(Machine(), file)
    assert [said in each for each in found] == ([True] if said else [])
    assert checks.of_the_processor(Machine(tmp_path), file) == []


def test_a_missing_card_is_named_with_those_there_are(tmp_path: Path) -> None:
    for name in ("lo", "ens3", "eth0"):
        (tmp_path / name).mkdir()
    (said, *_) = checks.of_the_cards(Machine(), BOX, tmp_path)
    assert said == "there is no card eth1; this machine has: ens3, eth0. Correct box.toml"
    (tmp_path / "eth1").mkdir()
    assert checks.of_the_cards(Machine(), BOX, tmp_path) == []


def test_an_images_cards_are_not_known_yet(machine: Machine, tmp_path: Path) -> None:
    assert checks.of_the_cards(machine, BOX, tmp_path) == []


@pytest.mark.parametrize(
    ("connection", "good"),
    [
        ("", True),
        ("10.1.0.7 50022 10.20.0.1 22", True),
        ("fd00:1::7 50022 fd00:20::1 22", True),
        ("10.9.9.9 50022 10.20.0.1 22", False),
    ],
)
def test_nobody_locks_themselves_out(connection: str, good: bool) -> None:
    box = replace(BOX, ssh_from=("10.1.0.0/24", "fd00:1::/64"))
    found = checks.of_the_way_in(box, {"SSH_CONNECTION": connection})
    assert (found == []) == good
    assert good or "10.9.9.9, which ssh_from does not name" in found[0]


def test_the_way_in_is_known_in_spite_of_sudo() -> None:
    looks = "import os; from appliance.provisioning.checks import surroundings_of as found; "
    program = f"{looks}print(found(os.getpid())['SSH_CONNECTION'])"
    inner = ["env", "-u", "SSH_CONNECTION", sys.executable, "-c", program]
    outer = [sys.executable, "-c", f"import subprocess; subprocess.run({inner!r})"]
    given = os.environ | {"SSH_CONNECTION": "10.1.0.7 50022 10.20.0.1 22"}
    said = subprocess.run(outer, env=given, capture_output=True, text=True, check=True).stdout
    assert said == "10.1.0.7 50022 10.20.0.1 22\n"


def test_whoever_gets_alerts_is_told_where_their_links_lead() -> None:
    assert "http://localhost:8000, which leads to the console only through an SSH tunnel" in checks.of_the_links(BOX)
    assert checks.of_the_links(replace(BOX, console_url="https://console.hill.example:8443")) == ""


def test_updates_that_could_never_come_are_said_before_anything_is_touched(tmp_path: Path) -> None:
    box = replace(BOX, update=UpdateSource(source="https://releases.example", root=Path("/etc/root.json")))
    assert checks.of_the_updates(Machine(tmp_path), BOX) == []
    (found,) = checks.of_the_updates(Machine(tmp_path), box)
    assert "/etc/root.json is not there" in found
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "root.json").touch()
    assert checks.of_the_updates(Machine(tmp_path), box) == []


def test_a_sign_in_for_which_there_are_no_accounts_is_said_before_every_worker_fails_at_it(tmp_path: Path) -> None:
    box = replace(BOX, proxy=ProxyWishes(accounts=Path("/var/lib/accounts")))
    assert checks.of_the_sign_in(Machine(tmp_path), BOX) == []
    (found,) = checks.of_the_sign_in(Machine(tmp_path), box)
    assert "gatehouse proxy-account add LOGIN --file /var/lib/accounts" in found
    (tmp_path / "var" / "lib").mkdir(parents=True)
    (tmp_path / "var" / "lib" / "accounts").touch()
    assert checks.of_the_sign_in(Machine(tmp_path), box) == []


def test_a_line_in_box_toml_loses_no_records_and_no_second_gateway(site: Site) -> None:
    second = replace(BOX, appliance=FirstBox(address="https://10.20.0.1:8446"))
    assert checks.of_what_it_was(site.ledger, BOX) == checks.of_what_it_was(site.ledger, second) == []
    site.ledger.note(Key("folder", "/var/lib/gatehouse/appliance"), data=True)
    (said,) = checks.of_what_it_was(site.ledger, second)
    assert "records of its own" in said
    assert checks.of_what_it_was(site.ledger, BOX) == []
    site.ledger.strike(Key("folder", "/var/lib/gatehouse/appliance"))
    site.ledger.note(Key("made", "/var/lib/gatehouse/gateway/gateway.key"))
    (said,) = checks.of_what_it_was(site.ledger, BOX)
    assert "is a second gateway" in said
    assert checks.of_what_it_was(site.ledger, second) == []
