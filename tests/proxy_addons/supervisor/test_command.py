"""The command line; what it does with real workers and a real firewall is in tests/box."""

import os
import signal
import subprocess
import sys

from proxy_addons.supervisor.command import main
from tests.detection.service_manager_double import listening
from tests.networks import needs_own_network


def settings(tmp_path, supervisor=""):
    sensor = "".join(f'{name} = "{name}"\n' for name in ("token_file", "public_key", "outbox", "bindings_cache"))
    file = tmp_path / "gateway.toml"
    file.write_text(f'state = "state"\n[sensor]\nappliance_url = "http://127.0.0.1:9"\n{sensor}{supervisor}')
    return file


def test_a_file_without_a_supervisor_is_refused_in_one_line(tmp_path, capsys):
    assert main(["--config", str(settings(tmp_path))]) == 2
    assert capsys.readouterr().err == "supervisor: the settings have no [supervisor] table\n"


def test_a_mistake_is_named_with_its_line(tmp_path, capsys):
    assert main(["--config", str(settings(tmp_path, '[supervisor]\nfail = "ajar"\n'))]) == 2
    assert "gateway.toml, line 8: supervisor: fail: must be open or closed" in capsys.readouterr().err


def test_without_a_firewall_to_let_go_of_it_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--config", str(settings(tmp_path, "[supervisor]\n")), "--release"]) == 2
    assert capsys.readouterr().err.startswith("supervisor: nft: ")


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
