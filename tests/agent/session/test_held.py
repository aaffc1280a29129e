"""A session says that it is not held still, and says nothing while it is."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.session.held import NotHeld
from detection.service_manager import ALIVE, READY, Watched
from tests.desktop import wait_for


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What listens where systemd does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "800000")
        yield line


def is_quiet(line: socket.socket, seconds: float) -> bool:
    line.settimeout(seconds)
    try:
        line.recv(100)
    except TimeoutError:
        return True
    finally:
        line.settimeout(20)
    return False


def test_a_session_that_is_held_falls_silent_and_is_heard_again_when_it_goes_on(
    system: socket.socket, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "agent.cli", "session", "--socket", str(tmp_path / "agent.sock")]
    session = subprocess.Popen(command, env={**os.environ, "HOME": str(tmp_path)}, stderr=subprocess.DEVNULL)
    try:
        assert system.recv(100).decode() == READY
        assert [system.recv(100).decode() for _ in range(3)] == [ALIVE] * 3
        session.send_signal(signal.SIGSTOP)
        wait_for(lambda: is_quiet(system, 1.0), what="a session that is held to be silent")
        session.send_signal(signal.SIGCONT)
        assert system.recv(100).decode() == ALIVE
    finally:
        session.kill()
        session.wait(20)


def test_where_nobody_watches_nothing_runs_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    not_held = NotHeld(Watched())
    not_held.begin()
    assert not not_held._thread.is_alive()
    not_held.end()


def test_it_ends_when_it_is_told(system: socket.socket) -> None:
    not_held = NotHeld(Watched(every=0.05))
    not_held.begin()
    assert system.recv(100).decode() == READY
    not_held.end()
    assert not not_held._thread.is_alive()
