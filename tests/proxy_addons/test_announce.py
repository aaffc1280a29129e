import re

from tests.proxy_addons.conftest import RUN, settings, started


def test_a_port_that_is_taken_is_said_in_one_line(running, tmp_path):
    again = settings(running.folder, running.appliance.url, {}, listen_port=running.port, state=str(tmp_path / "again"))
    with started(RUN, again) as second:
        _, said = second.communicate(timeout=60)
    assert second.returncode == 2
    assert re.fullmatch(rf"gateway: cannot listen on 127\.0\.0\.1:{running.port}: Address already in use\n", said)
