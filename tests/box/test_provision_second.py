"""A bare Debian in a folder, made a second gateway by the real command, with a code of a first box's real door.

It asks Debian's mirrors and the package index, as test_provision.py does.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import store
from appliance.agents.authority import authority
from appliance.models import Device
from detection.client import NoAnswerError
from detection.enrolling.pin import fetch_authority
from tests.appliance.agents.running import running, written
from tests.appliance.deadline import eventually
from tests.box.bare_debian import RELEASES, fetch
from tests.box.first_box import new_code
from tests.box.test_provision import BOX, Debian

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("GATEHOUSE_ROUNDS" in os.environ, reason="has no short form: some five minutes"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a system in a folder"),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not here"),
]


@dataclass
class First:
    """The first box: its door, on the loopback that a system in a folder shares."""

    config: Path
    address: str = ""

    @property
    def url(self) -> str:
        return f"sqlite:///{self.config.with_name('gatehouse.db')}"

    @property
    def fingerprint(self) -> bytes:
        return authority(self.config.with_name("authority"), datetime.now(UTC)).fingerprint

    def code(self) -> str:
        return new_code(store.sessions(self.url), "oak", "second", self.config.with_name("authority"))

    def answers(self) -> bool:
        with suppress(NoAnswerError):
            return bool(fetch_authority(self.address, self.fingerprint))
        return False


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[First]:
    made = First(tmp_path_factory.mktemp("first") / "agents.toml")
    store.migrate(made.url)
    written(made.config.parent, made.url)
    with running(made.config) as (address, _):
        made.address = address
        eventually(made.answers, within=180)
        yield made


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory, first: First) -> Iterator[Debian]:
    folder = tmp_path_factory.mktemp("second")
    root, box = folder / "debian", folder / "box.toml"
    box.write_text(BOX.replace("[[network]]", f'[appliance]\naddress = "{first.address}"\n\n[[network]]', 1))
    try:
        fetch(root, RELEASES[0].suite, ("systemd-sysv", "udev", "iproute2", "ca-certificates"))
    except RuntimeError as e:
        pytest.skip(str(e))
    for file in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        shutil.copyfile(Path("/", file), root / file)
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    try:
        yield Debian(root, box)
    finally:
        subprocess.run(["umount", root / "proc"], check=True)


@pytest.fixture(scope="module")
def provisioned(debian: Debian, first: First) -> str:
    """Without a code it stops, says where one is made, and goes on from there with one."""
    with debian.start() as without:
        _, complaint = without.communicate()
    assert without.returncode == 1
    assert "gatehouse device code NAME" in complaint
    debian.box.with_name("code").write_text(first.code())
    return debian.provision("--code-file", str(debian.box.with_name("code")))


def test_it_joins_as_what_the_first_box_calls_it(debian: Debian, first: First, provisioned: str) -> None:
    assert "This box is second of oak." in provisioned
    with store.sessions(first.url)() as session:
        (device,) = session.scalars(select(Device).where(Device.name == "second"))
        assert (device.kind, device.token_sha256) == ("gateway", None)
    code = debian.box.with_name("code").read_text()
    assert code not in provisioned
    found = subprocess.run(
        ["grep", "-rlF", code.partition(".")[0], *(debian.root / each for each in ("etc", "var"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""


@pytest.mark.parametrize(
    ("path", "rights"),
    [
        ("/var/lib/gatehouse/gateway/gateway.key", "gatehouse-gateway:gatehouse-gateway 600"),
        ("/etc/gatehouse/canary.key", "gatehouse-gateway:gatehouse-gateway 600"),
        ("/etc/gatehouse/gateway.crt", "root:root 644"),
        ("/etc/gatehouse/first.pem", "root:root 644"),
        ("/etc/gatehouse/appliance.pub", "root:root 644"),
        ("/var/lib/gatehouse/follow", "root:root 700"),
    ],
)
def test_what_it_speaks_with_belongs_to_whom_it_should(
    debian: Debian, provisioned: str, path: str, rights: str
) -> None:
    assert debian.rights(path) == rights


def test_it_has_no_appliance_and_systemd_takes_its_units(debian: Debian, provisioned: str) -> None:
    for none in ("var/lib/gatehouse/appliance", "etc/gatehouse/appliance.toml", "etc/gatehouse/console.toml"):
        assert not (debian.root / none).exists(), none
    units = sorted(each.name for each in (debian.root / "etc/systemd/system").glob("gatehouse-*.service"))
    assert units == [f"gatehouse-{name}.service" for name in ("dns", "enrolment", "firewall", "follow", "gateway")]
    verified = debian.run("systemd-analyze", "verify", "--man=no", *units)
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize(("program", "user"), [("gateway", "gatehouse-gateway"), ("follow", "root")])
def test_each_program_takes_its_settings(debian: Debian, provisioned: str, program: str, user: str) -> None:
    check = ("gatehouse", "config", "check", f"/etc/gatehouse/{program}.toml", "--program", program)
    checked = debian.run("runuser", "-u", user, "--", *check)
    assert checked.returncode == 0, checked.stderr


def test_a_second_run_asks_for_no_code_and_changes_nothing(debian: Debian, provisioned: str) -> None:
    assert debian.provision().startswith("Nothing to change: the machine is as box.toml says.\n")


def test_it_becomes_no_box_of_its_own_by_a_line_and_leaves_nothing_when_removed(
    debian: Debian, provisioned: str
) -> None:
    with debian.start("--box", str(_without(debian))) as process:
        _, complaint = process.communicate()
    assert process.returncode == 2
    assert "is a second gateway" in complaint
    debian.provision("--remove", "--yes")
    for path in ("etc/gatehouse", "var/lib/gatehouse", "opt/gatehouse"):
        assert not (debian.root / path).exists(), path


def _without(debian: Debian) -> Path:
    file = debian.box.with_name("own.toml")
    file.write_text(BOX)
    return file
