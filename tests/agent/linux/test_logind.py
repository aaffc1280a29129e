"""Who is signed in at the screen, as logind says it over a real bus."""

import shutil
from pathlib import Path

import pytest

from agent.linux.logind import LogindLogins
from tests.agent.linux.logind import own_logind
from tests.detection.scripted_appliance import eventually

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="no D-Bus here")


def test_people_at_a_screen_are_signed_in_and_nobody_else() -> None:
    with own_logind() as logind:
        logind.add("1", 1001, "pupil")
        logind.add("2", 1002, "other", Type="wayland")
        logind.add("3", 1003, "by-ssh", Type="tty")
        logind.add("4", 120, "greeter", Class="greeter")
        logind.add("5", 1005, "leaving", State="closing")
        logins = LogindLogins(logind.bus)
        found = {login.account: login for login in logins.now()}
    assert found.keys() == {"pupil", "other"}
    assert found["pupil"].uid == 1001
    assert found["pupil"].since.isoformat() == "2026-03-02T10:30:00+00:00"


def test_each_boot_gives_a_session_another_name(tmp_path: Path) -> None:
    """logind begins to count anew."""
    with own_logind() as logind:
        logind.add("1", 1001, "pupil")
        ids = set[str]()
        for boot in ("aaaaaaaa-1", "bbbbbbbb-2"):
            (tmp_path / "boot").write_text(boot)
            ids |= {login.id for login in LogindLogins(logind.bus, tmp_path / "boot").now()}
    assert ids == {"aaaaaaaa-1", "bbbbbbbb-1"}


def test_it_is_told_at_once_who_came_and_went() -> None:
    with own_logind() as logind:
        changes = list[None]()
        logins = LogindLogins(logind.bus)
        logins.start(lambda: changes.append(None))
        eventually(lambda: len(changes) == 1)
        logind.add("1", 1001, "pupil")
        eventually(lambda: len(changes) == 2)
        logind.remove("1")
        eventually(lambda: len(changes) == 3)
        assert logins.now() == ()
        logins.stop()


def test_without_a_bus_it_says_so() -> None:
    with pytest.raises(OSError, match="No such file"):
        LogindLogins("unix:path=/nowhere").now()
