"""The Debian package on a bare Debian: built there, installed, upgraded, removed, purged.

It asks Debian's mirrors and the package index. ``GATEHOUSE_TEST_SUITE=bookworm`` takes Debian 12.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.box.bare_debian import RELEASES, BareDebian, bare_debian, why_not

SUITE = RELEASES[0].suite
DEPENDED_ON = ("systemd-sysv", "dbus", "polkitd")
"""What the package depends on is there beforehand: so what it leaves behind can be told apart."""
COMES_AND_GOES = re.compile(
    r"^(proc|dev|sys|run|tmp|mnt|srv)/|^var/(cache|log|lib/(apt|dpkg))/|^etc/.*-$|^opt/gatehouse/"
)
IMPORTED = """
import importlib, pkgutil, sys
sys.path[:0] = ["/opt/gatehouse-agent/program", "/opt/gatehouse-agent/lib"]
import agent, detection
for package in (agent, detection):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from detection.model.second_opinion import SecondOpinion
SecondOpinion()
print(*sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)))
"""
INSTALL = "apt-get install -y --no-install-recommends"
NEVER = {"mitmproxy", "flask", "sqlalchemy", "jinja2", "appliance", "console", "images", "proxy_addons", "playwright"}
KEPT = ("/var/lib/gatehouse-agent/enrolment/device.json", "/var/lib/gatehouse-agent/outbox.db")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(why_not() is not None, reason=str(why_not()))]


@dataclass(frozen=True)
class Device:
    debian: BareDebian

    def does(self, *command: str) -> str:
        done = self.debian.run(*command)
        assert done.returncode == 0, done.stdout[-3000:]
        return done.stdout

    def shell(self, script: str) -> str:
        return self.does("sh", "-euc", script)

    def built(self, version: str) -> str:
        """Where the package is. What is printed last is that."""
        return self.does("scripts/build-agent", "--quick", "--version", version, "/root/built").split()[-1]

    def files(self) -> set[str]:
        found = set[str]()
        for folder, folders, names in os.walk(self.debian.root):
            under = os.path.relpath(folder, self.debian.root)
            if under in ("proc", "dev", "sys", "run", "opt/gatehouse", "root/built"):
                folders.clear()
                continue
            found |= {os.path.normpath(os.path.join(under, name)) for name in (*folders, *names)}
        return {each for each in found if not COMES_AND_GOES.match(each) and "__pycache__" not in each}

    def rights(self, path: str) -> str:
        return self.does("stat", "-c", "%U:%G %a", path).strip()


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Device]:
    with ExitStack() as stack:
        try:
            made = stack.enter_context(bare_debian(tmp_path_factory.mktemp("device") / "root", SUITE))
        except RuntimeError as e:
            pytest.skip(str(e))
        device = Device(made)
        device.does("apt-get", "update")
        device.shell(
            f"DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {' '.join(DEPENDED_ON)}"
        )
        yield device


@pytest.fixture(scope="module")
def package(device: Device) -> str:
    return device.built("0.1.0")


@pytest.fixture(scope="module")
def before(device: Device, package: str) -> set[str]:
    return device.files()


@pytest.fixture(scope="module")
def installed(device: Device, package: str, before: set[str]) -> str:
    """Unattended, with a code."""
    given = "GATEHOUSE_AGENT_APPLIANCE=https://gatehouse.example:8446 GATEHOUSE_AGENT_CODE=ABCD-EFGH.PIN"
    return device.shell(f"{given} DEBIAN_FRONTEND=noninteractive {INSTALL} {package}")


@pytest.fixture(scope="module")
def upgraded(device: Device, installed: str) -> str:
    for file in KEPT:
        device.shell(f"install -D -o gatehouse-agent -g gatehouse-agent -m 600 /etc/hostname {file}")
    return device.does(*INSTALL.split(), device.built("0.1.1"))


@pytest.fixture(scope="module")
def removed(device: Device, upgraded: str) -> str:
    return device.does("apt-get", "remove", "-y", "gatehouse-agent")


@pytest.fixture(scope="module")
def purged(device: Device, removed: str) -> str:
    return device.does("apt-get", "purge", "-y", "gatehouse-agent")


def test_only_what_the_agent_needs_is_in_it(device: Device, package: str) -> None:
    listed = device.does("dpkg-deb", "--contents", package)
    folders = {part.lower() for path in listed.splitlines() for part in path.split()[5].split("/")}
    assert not folders & NEVER
    assert not [line for line in listed.splitlines() if line.split()[1] != "root/root"]
    assert "./opt/gatehouse-agent/program/agent/packaging/" not in listed


def test_no_compiler_is_there(device: Device, installed: str) -> None:
    assert device.debian.run("sh", "-c", "command -v cc gcc").stdout == ""


def test_everything_in_it_can_be_imported_and_brings_nothing_else(device: Device, installed: str) -> None:
    names = device.shell(f"python3 -ISW error::SyntaxWarning - <<'END'\n{IMPORTED}\nEND").splitlines()[-1].split()
    assert not NEVER & {name.lower() for name in names}
    assert {"agent", "detection", "cryptography", "onnxruntime"} <= set(names)


@pytest.mark.parametrize(
    ("path", "rights"),
    [
        ("/opt/gatehouse-agent/bin/gatehouse-agent", "root:root 755"),
        ("/opt/gatehouse-agent/program/agent/cli.py", "root:root 644"),
        ("/opt/gatehouse-agent/program/library.kept", "root:root 644"),
        ("/usr/lib/systemd/system/gatehouse-agent.service", "root:root 644"),
        ("/usr/share/polkit-1/rules.d/60-gatehouse-agent.rules", "root:root 644"),
        ("/etc/gatehouse-agent/agent.toml", "root:root 644"),
        ("/etc/gatehouse-agent/enrol.toml", "root:root 600"),
        ("/var/lib/gatehouse-agent", "gatehouse-agent:gatehouse-agent 700"),
    ],
)
def test_nobody_may_write_what_is_not_theirs(device: Device, installed: str, path: str, rights: str) -> None:
    assert device.rights(path) == rights


def test_its_user_can_sign_in_nowhere(device: Device, installed: str) -> None:
    row = device.does("getent", "passwd", "gatehouse-agent").strip().split(":")
    assert (row[5], row[6]) == ("/var/lib/gatehouse-agent", "/usr/sbin/nologin")
    assert int(row[2]) < 1000


def test_the_code_goes_to_where_only_the_agent_can_read_it(device: Device, installed: str) -> None:
    assert device.shell("/opt/gatehouse-agent/bin/take-code; ls /etc/gatehouse-agent").split() == ["agent.toml"]
    own = "/var/lib/gatehouse-agent/enrol.toml"
    assert device.rights(own) == "gatehouse-agent:gatehouse-agent 600"
    assert device.does("cat", own) == 'appliance = "https://gatehouse.example:8446"\ncode = "ABCD-EFGH.PIN"\n'
    device.does("rm", own)


def test_its_units_are_without_fault(device: Device, installed: str) -> None:
    units = ("gatehouse-agent.service", "gatehouse-agent-session@1000.service", "gatehouse-agent-enrol.path")
    assert device.does("systemd-analyze", "verify", "--man=no", *units).strip() == ""


def test_anybody_may_ask_how_it_stands(device: Device, installed: str) -> None:
    done = device.debian.run("runuser", "-u", "nobody", "--", "gatehouse-agent", "status")
    assert done.returncode == 1
    assert (
        done.stdout.strip() == "The service of Gatehouse does not run on this device: nothing is monitored by it now."
    )


def test_what_lies_in_somebodys_home_is_not_imported(device: Device, installed: str) -> None:
    script = "mkdir -p /root/own/agent && echo 'raise SystemExit(99)' >/root/own/agent/__init__.py; cd /root/own"
    done = device.debian.run("sh", "-c", f"{script}; PYTHONPATH=/root/own gatehouse-agent --help; rm -r /root/own")
    assert "usage: gatehouse-agent" in done.stdout


def test_an_upgrade_keeps_who_it_is_and_what_waits(device: Device, upgraded: str) -> None:
    assert "0.1.1" in device.does("dpkg-query", "-W", "gatehouse-agent")
    for file in KEPT:
        assert device.rights(file) == "gatehouse-agent:gatehouse-agent 600"


def test_removed_it_keeps_only_who_it_is_and_what_waits(device: Device, removed: str, before: set[str]) -> None:
    left = {f"/{each}" for each in device.files() - before}
    assert set(KEPT) <= left
    folders = ("/var/lib/gatehouse-agent", "/etc/gatehouse-agent")
    assert {each for each in left if not each.startswith(folders)} == set()


def test_purged_it_leaves_nothing(device: Device, purged: str, before: set[str]) -> None:
    assert device.files() == before
    for database in ("passwd", "group"):
        assert "gatehouse" not in device.does("getent", database)


def test_a_code_without_an_appliance_is_refused_with_what_is_missing(device: Device, purged: str, package: str) -> None:
    done = device.debian.run("sh", "-c", f"GATEHOUSE_AGENT_CODE=ABCD {INSTALL} {package}")
    assert done.returncode != 0
    assert "needs GATEHOUSE_AGENT_APPLIANCE=https://HOST:8446 beside it" in done.stdout
    device.does("apt-get", "purge", "-y", "gatehouse-agent")


def test_it_is_no_larger_than_it_is_said_to_be(device: Device, package: str) -> None:
    """docs/agent.md gives the sizes of one that is pressed well."""
    size = subprocess.run(["du", "-m", device.debian.root / package.lstrip("/")], capture_output=True, check=True)
    assert int(size.stdout.split()[0]) < 90
