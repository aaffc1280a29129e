import signal

import pytest

from tests.proxy_addons.conftest import RUN, gateway, settings, started

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_told_to_stop_it_stops_cleanly(tmp_path):
    with gateway(tmp_path) as stopping:
        stopping.browser().request("GET", "https://forum.test/", headers=BROWSER)
        stopping.process.send_signal(signal.SIGTERM)
        _, said = stopping.process.communicate(timeout=60)
        assert (stopping.process.returncode, said) == (0, "")


@pytest.mark.parametrize("name", ["SSLKEYLOGFILE", "MITMPROXY_SSLKEYLOGFILE"])
def test_it_does_not_start_while_session_keys_are_being_logged(running, tmp_path, name):
    config = settings(running.folder, running.appliance.url, {}, state=str(tmp_path / "state"))
    with started(RUN, config, **{name: str(tmp_path / "keys")}) as refused:
        _, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith(f"gateway: {name} is set")
    assert not (tmp_path / "keys").exists()
