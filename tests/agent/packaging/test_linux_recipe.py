"""The recipe of the Debian package, as far as it can be looked at without building it."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
RECIPES = PROJECT / "agent" / "packaging" / "linux"
BUILD = PROJECT / "scripts" / "build-agent"
UNITS = sorted(file for kind in ("service", "path") for file in RECIPES.glob(f"gatehouse-agent*.{kind}"))
SHELL = [BUILD, RECIPES / "take-code", *sorted((RECIPES / "debian").glob("p*"))]


def of_service(file: Path) -> dict[str, str]:
    read = configparser.RawConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(file.read_text())
    return dict(read["Service"])


@pytest.mark.parametrize("given", [(), ("--quick",), ("--what", "folder"), ("one", "two")])
def test_the_builder_says_what_it_wants(given: tuple[str, ...]) -> None:
    done = subprocess.run([BUILD, *given], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "build-agent: usage: build-agent [--version V] [--quick] FOLDER\n")


def test_a_python_nobody_has_tried_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "python3"
    other.write_text("#!/bin/sh\necho 3.12\n")
    other.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(other)}
    done = subprocess.run([BUILD, tmp_path], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is 3.12; the locks hold for 3.11 (Debian 12) and 3.13 (Debian 13)" in done.stderr


@pytest.mark.parametrize("file", SHELL, ids=lambda file: file.name)
def test_scripts_can_be_read_by_their_shell(file: Path) -> None:
    shell = "bash" if "bash" in file.read_text().splitlines()[0] else "sh"
    subprocess.run([shell, "-n", file], check=True)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("name", ["gatehouse-agent.service", "gatehouse-agent-session@1000.service"])
def test_units_may_do_little(name: str, tmp_path: Path) -> None:
    """Of ten points of exposure, those that a service needs which reads a screen or speaks to an appliance."""
    units = tmp_path / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    for unit in UNITS:
        shutil.copy(unit, units)
    command = ["systemd-analyze", "security", "--offline=true", f"--root={tmp_path}", "--threshold=17", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_killed_session_is_back_after_a_second_however_often() -> None:
    file = RECIPES / "gatehouse-agent-session@.service"
    session = of_service(file)
    assert (session["Restart"], session["RestartSec"], session["User"]) == ("always", "1", "%i")
    assert "StartLimitIntervalSec=0\n" in file.read_text()


def test_a_session_has_no_way_to_a_network() -> None:
    session = of_service(RECIPES / "gatehouse-agent-session@.service")
    assert session["RestrictAddressFamilies"] == "AF_UNIX"
    assert session["IPAddressDeny"] == "any"


def test_the_service_may_start_and_stop_sessions_and_nothing_else() -> None:
    rule = (RECIPES / "60-gatehouse-agent.rules").read_text()
    (allowed,) = re.findall(r"= /(.*)/\.test\(unit\)", rule)
    pattern = re.compile(allowed.replace("\\.", r"\."))
    assert pattern.search("gatehouse-agent-session@1000.service")
    for other in ("gatehouse-agent.service", "ssh.service", "gatehouse-agent-session@1000.service.d", "x@1.service"):
        assert not pattern.search(other), other
    assert set(re.findall(r'verb === "(\w+)"', rule)) == {"start", "stop"}


def test_what_is_installed_is_what_units_and_scripts_name() -> None:
    """Nothing starts a file that the builder does not put there."""
    builder = BUILD.read_text()
    named = {
        path
        for file in (*UNITS, RECIPES / "gatehouse-agent.desktop", RECIPES / "org.gatehouse.Notice.service")
        for path in re.findall(r"(/(?:opt/gatehouse-agent/bin|etc/gatehouse-agent)/[\w.-]+)", file.read_text())
    }
    placed_by_others = {"/etc/gatehouse-agent/enrol.toml"}
    assert {path for path in named - placed_by_others if path.rpartition("/")[2] not in builder} == set()
