"""Where the desktop is: read from the account's own programs, real ones and made-up ones."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.linux.surroundings import surroundings
from tests.desktop import wait_for

SESSION = {
    "DISPLAY": ":7",
    "XAUTHORITY": "/run/user/1/auth",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1/bus",
    "XDG_RUNTIME_DIR": "/run/user/1",
}


def program(proc: Path, number: int, environment: Mapping[str, str]) -> None:
    folder = proc / str(number)
    folder.mkdir()
    (folder / "environ").write_bytes(b"\0".join(f"{n}={v}".encode() for n, v in environment.items()) + b"\0")


def test_the_program_that_says_most_is_believed(tmp_path: Path) -> None:
    program(tmp_path, 12, {"DISPLAY": ":1", "SECRET": "no"})
    program(tmp_path, 900, SESSION)
    program(tmp_path, 1000, {"XDG_RUNTIME_DIR": "/elsewhere", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/e"})
    found = surroundings({}, tmp_path, os.getuid())
    assert (found.display, found.authority, found.wayland) == (":7", "/run/user/1/auth", "")
    assert (found.bus, found.runtime) == ("unix:path=/run/user/1/bus", "/run/user/1")


def test_a_wayland_session_is_known_by_its_compositor(tmp_path: Path) -> None:
    program(tmp_path, 5, SESSION | {"WAYLAND_DISPLAY": "wayland-0"})
    assert surroundings({}, tmp_path, os.getuid()).wayland == "wayland-0"


def test_our_own_environment_goes_before_another_that_says_no_more(tmp_path: Path) -> None:
    program(tmp_path, 5, SESSION | {"DISPLAY": ":8"})
    assert surroundings(SESSION, tmp_path, os.getuid()).display == ":7"


def test_the_usual_bus_is_found_where_nobody_names_it(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "bus").touch()
    found = surroundings({"DISPLAY": ":7", "XDG_RUNTIME_DIR": f"{tmp_path}/run"}, tmp_path, os.getuid())
    assert found.bus == f"unix:path={tmp_path}/run/bus"


def test_another_account_is_not_looked_at(tmp_path: Path) -> None:
    program(tmp_path, 5, SESSION)
    assert surroundings({}, tmp_path, os.getuid() + 1).display == ""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="has no /proc")
def test_a_real_program_is_read() -> None:
    environment = {**SESSION, "DISPLAY": ":4711", "WAYLAND_DISPLAY": "wayland-4711"}
    process = subprocess.Popen([sys.executable, "-c", "input()"], env=environment, stdin=subprocess.PIPE)
    try:
        wait_for(lambda: surroundings({}).display == ":4711", what="the program's display")
    finally:
        process.communicate(b"\n")


def test_of_several_screens_of_one_account_ours_is_meant(tmp_path: Path) -> None:
    program(tmp_path, 5, SESSION | {"DISPLAY": ":8"})
    program(tmp_path, 6, {"DISPLAY": ":7", "XAUTHORITY": "/run/user/1/other"})
    found = surroundings({"DISPLAY": ":7"}, tmp_path, os.getuid())
    assert (found.display, found.authority) == (":7", "/run/user/1/other")
