"""``gatehouse-agent notice``: the page is written where it goes at sign-out, and given to the person's browser."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from agent.link.frames import receive, send
from agent.standing import Standing
from agent.telling.opening import NAME
from tests.agent.telling.conftest import DesktopHere
from tests.agent.telling.test_words import SCHOOL
from tests.appliance.deadline import eventually

STANDING = Standing(version="1", monitored=("What you write.",), notice=SCHOOL)


@pytest.fixture
def service(desktop: DesktopHere) -> Iterator[None]:
    """What the service answers to whoever asks how it stands, once."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as listening:
        listening.bind(str(desktop.folder / "agent.sock"))
        listening.listen()

        def answer() -> None:
            line, _ = listening.accept()
            with line:
                receive(line)
                send(line, STANDING)

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield
        thread.join(5)


def notice(desktop: DesktopHere, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "agent.cli", "notice", "--socket", str(desktop.folder / "agent.sock")]
    given = desktop.environment if environment is None else environment
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=30, check=False)


def test_the_page_says_what_the_service_says(desktop: DesktopHere, service: None) -> None:
    assert notice(desktop).returncode == 0
    (opened,) = desktop.opened()
    assert Path(opened).parent == desktop.folder
    written = Path(opened).read_text("utf-8")
    assert "What you write." in written
    assert SCHOOL.help.split()[0] in written


def test_without_a_service_the_page_says_that_nothing_is_recorded(desktop: DesktopHere) -> None:
    assert notice(desktop).returncode == 0
    (opened,) = desktop.opened()
    assert "Nothing is recorded on this device now" in Path(opened).read_text("utf-8")


def test_the_bus_starts_it_for_whoever_only_asks(desktop: DesktopHere, service: None) -> None:
    with open_dbus_connection(desktop.bus) as bus:
        bus.send_and_get_reply(message_bus.StartServiceByName(NAME), timeout=20)
    eventually(lambda: len(desktop.opened()) == 1)


def test_without_a_browser_it_says_where_the_page_is(desktop: DesktopHere) -> None:
    done = notice(desktop, desktop.environment | {"PATH": "/nowhere"})
    assert done.returncode == 2
    assert f"open {desktop.folder}/gatehouse-notice.html in a browser" in done.stderr
