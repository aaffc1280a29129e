"""Whoever kills the supervisor outright does not leave the firewall leading to workers that end."""

import os
import subprocess
import sys

import pytest

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.guard import Guard, release
from proxy_addons.supervisor.settings import SupervisorSettings
from tests.proxy_addons.deadline import eventually

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="nft needs root")
LED = {0: Ports(8081, 0), 1: Ports(8082, 0)}
CLOSED = {0: Ports(9, 9), 1: Ports(9, 9)}


@pytest.fixture
def config(tmp_path):
    def write(fail):
        sensor = "".join(f'{name} = "{name}"\n' for name in ("token_file", "public_key", "outbox", "bindings_cache"))
        file = tmp_path / "gateway.toml"
        file.write_text(
            f'state = "state"\n[sensor]\nappliance_url = "http://127.0.0.1:9"\n{sensor}[supervisor]\nfail = "{fail}"\n'
        )
        return file

    return write


KILLED = """
import os, signal, sys
from pathlib import Path
from proxy_addons.supervisor.guard import Guard
guard = Guard(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("fail", "left"), [("open", {}), ("closed", CLOSED)])
def test_the_policy_holds_once_the_supervisor_was_killed(loaded, config, fail, left):
    loaded.point(LED)
    subprocess.run([sys.executable, "-c", KILLED, str(config(fail))], check=False)
    eventually(lambda: loaded.pointing() == left)


def test_a_supervisor_that_ends_as_it_should_has_done_that_itself(loaded, config):
    loaded.point(LED)
    guard = Guard(config("open"))
    assert not guard.ended
    guard.release()
    assert guard.ended
    assert loaded.pointing() == LED


def test_letting_go_by_command_does_the_same(loaded):
    for fail, left in (("open", {}), ("closed", CLOSED)):
        loaded.point(LED)
        release(SupervisorSettings(fail=fail))
        assert loaded.pointing() == left
