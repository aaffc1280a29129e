"""A bare Debian in a folder, made the box by the real command: killed, finished, repeated, edited, taken back.

It asks Debian's mirrors and the package index, once for each release. ``GATEHOUSE_TEST_DEBIAN`` names the folder of a
bare Debian that is copied instead of fetched; ``GATEHOUSE_TEST_SUITE`` says which release that is.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.appliance.deadline import eventually
from tests.box.bare_debian import RELEASES, Release, fetch, suite_of

PROJECT = Path(__file__).parents[2]
BOX = """
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "eth0"
notice_url = "https://hill.example/monitoring"

[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
address6 = "fd00:20::1/64"
"""
COMES_AND_GOES = re.compile(
    r"^(proc|dev|sys|run|tmp)/|^var/(cache|log|lib/(apt|dpkg|systemd|ucf))|^etc/(resolv.conf|hosts)"
)
"""What Debian itself writes beside its packages."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a system in a folder"),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not here"),
]


class Debian:
    def __init__(self, root: Path, box: Path) -> None:
        self.root, self.box = root, box

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = [f"{PROJECT}/scripts/gatehouse", "provision", "--root", str(self.root), "--box", str(self.box), *more]
        return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def provision(self, *more: str) -> str:
        process = self.start(*more)
        printed, complaint = process.communicate()
        assert process.returncode == 0, complaint
        return printed

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["chroot", self.root, *command], capture_output=True, text=True, check=False)

    def files(self) -> set[str]:
        found = set[str]()
        for folder, folders, names in os.walk(self.root):
            under = os.path.relpath(folder, self.root)
            if under in ("proc", "dev", "sys", "run"):
                folders.clear()
            found |= {os.path.normpath(os.path.join(under, name)) for name in (*folders, *names)}
        return {each for each in found if not COMES_AND_GOES.match(each) and "__pycache__" not in each}

    def rights(self, path: str) -> str:
        return self.run("stat", "-c", "%U:%G %a", path).stdout.strip()


@pytest.fixture(scope="module", params=RELEASES, ids=suite_of)
def debian(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debian]:
    release: Release = request.param
    folder = tmp_path_factory.mktemp("box")
    root, box = folder / "debian", folder / "box.toml"
    box.write_text(BOX)
    try:
        fetch(root, release.suite, ("systemd-sysv", "udev", "iproute2", "ca-certificates"))
    except RuntimeError as e:
        pytest.skip(str(e))
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    shutil.copyfile("/etc/ssl/certs/ca-certificates.crt", root / "etc" / "ssl" / "certs" / "ca-certificates.crt")
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    try:
        yield Debian(root, box)
    finally:
        subprocess.run(["umount", root / "proc"], check=True)


@pytest.fixture(scope="module")
def before(debian: Debian) -> set[str]:
    return debian.files()


@pytest.fixture(scope="module")
def provisioned(debian: Debian, before: set[str]) -> str:
    """What it printed. The first run is killed where it hurts most: with an environment half built."""
    with debian.start() as first:
        eventually(lambda: any((debian.root / "opt/gatehouse/releases").glob(".*.new/.venv/bin/python")), within=600)
        time.sleep(2)
        first.kill()
    return debian.provision()


def test_a_dry_run_changes_nothing(debian: Debian, before: set[str]) -> None:
    printed = debian.provision("--dry-run")
    assert "install python3-venv" in printed
    assert re.search(r"^\d+ changes would be made\.$", printed, re.MULTILINE)
    assert debian.files() == before


def test_the_first_password_is_said_once(debian: Debian, provisioned: str) -> None:
    (password,) = re.findall(r"with the password (\S+)", provisioned)
    found = subprocess.run(
        ["grep", "-rlF", password, *(debian.root / each for each in ("etc", "var", "root"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


@pytest.mark.parametrize(
    ("path", "rights"),
    [
        ("/etc/gatehouse/gateway.toml", "root:root 644"),
        ("/var/backups/gatehouse", "gatehouse:gatehouse 700"),
        ("/var/lib/gatehouse/gateway/gateway.token", "gatehouse-gateway:gatehouse-gateway 600"),
        ("/etc/gatehouse/canary.key", "gatehouse-gateway:gatehouse-gateway 600"),
        ("/etc/systemd/system/gatehouse-gateway.service", "root:root 644"),
        ("/var/lib/gatehouse/appliance", "gatehouse:gatehouse 700"),
        ("/var/lib/gatehouse/appliance/keys/appliance.key", "gatehouse:gatehouse 600"),
        ("/var/lib/gatehouse/appliance/gatehouse.db", "gatehouse:gatehouse 600"),
        ("/var/lib/gatehouse/gateway", "gatehouse-gateway:gatehouse 2710"),
        ("/var/lib/gatehouse/gateway/authority/root-key.pem", "gatehouse-gateway:gatehouse 600"),
        ("/etc/gatehouse/root.pem", "root:root 644"),
        ("/opt/gatehouse/current/scripts/gatehouse", "root:root 755"),
        ("/opt/gatehouse/current/library.kept", "root:root 644"),
        ("/var/lib/gatehouse-provision", "root:root 700"),
    ],
)
def test_everything_belongs_to_whom_it_should(debian: Debian, provisioned: str, path: str, rights: str) -> None:
    assert debian.rights(path) == rights


def test_the_gateway_cannot_read_the_records_nor_they_its_token(debian: Debian, provisioned: str) -> None:
    for user, path in (
        ("gatehouse-gateway", "/var/lib/gatehouse/appliance/gatehouse.db"),
        ("gatehouse", "/var/lib/gatehouse/gateway/gateway.token"),
        ("gatehouse-render", "/etc/gatehouse/canary.key"),
    ):
        assert debian.run("runuser", "-u", user, "--", "cat", path).returncode != 0, (user, path)


def test_systemd_takes_every_unit_and_starts_them_all(debian: Debian, provisioned: str) -> None:
    units = sorted(each.name for each in (debian.root / "etc/systemd/system").glob("gatehouse-*.service"))
    assert len(units) >= 4
    verified = debian.run("systemd-analyze", "verify", "--man=no", *units)
    assert (verified.returncode, verified.stderr) == (0, "")
    started = [*(unit for unit in units if "backup" not in unit), "gatehouse-backup.timer"]
    assert debian.run("systemctl", "is-enabled", *started).stdout.split() == ["enabled"] * len(started)


def test_the_kernel_takes_the_firewall_and_dnsmasq_the_names(debian: Debian, provisioned: str) -> None:
    nft = subprocess.run(
        ["unshare", "--net", "chroot", debian.root, "nft", "-f", "/etc/gatehouse/firewall.nft"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (nft.returncode, nft.stderr) == (0, "")
    names = debian.run("dnsmasq", "--test", "--conf-file=/etc/gatehouse/dnsmasq.conf")
    assert names.returncode == 0, names.stderr
    assert debian.run("id", "dnsmasq").returncode == 0


@pytest.mark.parametrize(
    ("program", "user"),
    [
        ("gateway", "gatehouse-gateway"),
        ("appliance", "gatehouse"),
        ("worker", "gatehouse"),
        ("console", "gatehouse"),
        ("enrolment", "gatehouse-enrol"),
    ],
)
def test_each_program_takes_its_settings(debian: Debian, provisioned: str, program: str, user: str) -> None:
    check = ("gatehouse", "config", "check", f"/etc/gatehouse/{program}.toml", "--program", program)
    checked = debian.run("runuser", "-u", user, "--", *check)
    assert checked.returncode == 0, checked.stderr


def test_no_compiler_and_no_developers_tools_are_on_the_box(debian: Debian, provisioned: str) -> None:
    for name in ("gcc", "cc", "make"):
        assert debian.run("sh", "-c", f"command -v {name}").returncode != 0
    assert not list((debian.root / "opt/gatehouse").glob("releases/*/.venv*/bin/pytest"))


def test_a_second_run_changes_nothing_and_says_so(debian: Debian, provisioned: str) -> None:
    assert debian.provision().startswith("Nothing to change: the machine is as box.toml says.\n")


def test_a_run_with_the_file_where_the_first_put_it_changes_nothing_either(debian: Debian, provisioned: str) -> None:
    there = Debian(debian.root, debian.root / "etc/gatehouse/box.toml")
    assert there.provision("--without-account").startswith("Nothing to change")


def test_what_was_edited_by_hand_is_said_and_kept(debian: Debian, provisioned: str) -> None:
    file = debian.root / "etc/gatehouse/console.toml"
    file.write_text(file.read_text() + "port = 9000\n")
    assert "/etc/gatehouse/console.toml was edited by hand; a copy of it is kept" in debian.provision()
    (copy,) = file.parent.glob("console.toml.edited-*")
    assert "port = 9000" in copy.read_text()
    assert "port = 9000" not in file.read_text()
    copy.unlink()


def test_what_is_taken_out_of_the_file_is_taken_off_the_machine(debian: Debian, provisioned: str) -> None:
    more = '\n[[network]]\nname = "guests"\ninterface = "eth2"\naddress = "10.40.0.1/16"\nkind = "guest"\n'
    debian.box.write_text(BOX + more)
    file = debian.root / "etc/systemd/network/50-gatehouse-guests.network"
    debian.provision()
    assert file.exists()
    debian.box.write_text(BOX)
    assert "remove file /etc/systemd/network/50-gatehouse-guests.network" in debian.provision()
    assert not file.exists()


def test_removed_it_leaves_nothing(debian: Debian, before: set[str], provisioned: str) -> None:
    debian.provision("--remove", "--keep-data")
    assert (debian.root / "var/lib/gatehouse/appliance/gatehouse.db").exists()
    assert not (debian.root / "opt/gatehouse").exists()
    debian.provision("--remove", "--yes")
    assert debian.files() == before
    assert "gatehouse" not in (debian.root / "etc/passwd").read_text()
