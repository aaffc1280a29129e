"""A server that does not answer is not called alive."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from appliance.answering import answers, nearest
from tests.appliance.test_serve import PROGRAM, config
from tests.detection.service_manager_double import listening

__all__ = ["config"]


def test_a_door_behind_which_nobody_speaks_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        host, port = door.getsockname()
        assert not answers(host, port, patience=0.2)
    assert not answers(host, port, patience=0.2), "nor is none"


def test_it_asks_itself_where_this_machine_has_the_address() -> None:
    """One that a card has not got yet, or that is with the other gateway, can be listened on and not called."""
    elsewhere, here = ("203.0.113.9", 80), ("::1", 80)
    assert nearest([elsewhere, ("127.0.0.1", 80), here]) == ("127.0.0.1", 80)
    assert nearest([elsewhere, here]) == here
    assert nearest([elsewhere]) is None


def test_the_appliance_is_called_alive_as_long_as_it_answers(config: Path, tmp_path: Path) -> None:
    """Its one process that answers is stopped, as it would be by a lock it never gets; the other goes on."""
    with listening(tmp_path, 1.2) as manager:
        command = [sys.executable, "-c", PROGRAM, "--config", str(config)]
        surroundings = os.environ | manager.surroundings
        with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, start_new_session=True) as process:
            try:
                assert manager.hears_of("READY=1")
                assert manager.hears_of("WATCHDOG=1")
                assert manager.hears_of("WATCHDOG=1", within=10)
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                for child in children:
                    os.kill(int(child), signal.SIGSTOP)
                manager.forget()
                assert manager.hears(3) == ""
                for child in children:
                    os.kill(int(child), signal.SIGCONT)
                assert manager.hears_of("WATCHDOG=1", within=10)
            finally:
                process.terminate()
