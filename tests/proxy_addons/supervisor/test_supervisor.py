"""The supervisor as systemd sees it; what it does with real workers and a real firewall is in tests/box."""

import os
import signal
import subprocess
import sys

from tests.detection.service_manager_double import listening
from tests.networks import needs_own_network
from tests.proxy_addons.supervisor.test_command import settings


@needs_own_network
def test_systemd_hears_of_it_as_long_as_its_loop_turns(tmp_path):
    """Even where the firewall is missing and no worker starts: a new start would not mend that."""
    config = settings(tmp_path, "[supervisor]\nworkers = 1\n")
    command = [sys.executable, "-P", "-m", "appliance.cli", "supervisor", "--config", str(config)]
    with listening(tmp_path, 2.0) as manager:
        surroundings = os.environ | manager.surroundings
        with subprocess.Popen(["unshare", "-n", *command], env=surroundings, stderr=subprocess.DEVNULL) as process:
            try:
                assert manager.hears_of("READY=1")
                assert manager.hears_of("WATCHDOG=1")
                assert manager.hears_of("WATCHDOG=1", within=10)
                process.send_signal(signal.SIGSTOP)
                manager.forget()
                assert manager.hears(2.5) == ""
                process.send_signal(signal.SIGCONT)
                assert manager.hears_of("WATCHDOG=1", within=10)
            finally:
                process.send_signal(signal.SIGCONT)
                process.terminate()
