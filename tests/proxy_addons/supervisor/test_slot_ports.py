"""A slot leads to its worker's ports, and where it leads without one is for the school to say."""

import socket

import pytest

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.settings import SupervisorSettings
from proxy_addons.supervisor.slot_ports import NOBODY, are_free, ports_of, unmanned


def test_without_workers_devices_pass_or_meet_nobody():
    assert unmanned(SupervisorSettings(workers=2)) == {}
    assert unmanned(SupervisorSettings(workers=2, fail="closed")) == {0: NOBODY, 1: NOBODY}


def test_each_place_has_ports_of_its_own():
    assert ports_of(SupervisorSettings(), 3) == Ports(8084, 8484)
    assert ports_of(SupervisorSettings(first_proxy_port=0), 3) == Ports(8084, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_is_free_if_nobody_listens_on_any_address(host):
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as taken:
        port = taken.getsockname()[1]
        assert not are_free(Ports(port, 0))
        assert not are_free(Ports(9, port))
    assert are_free(Ports(port, 0))
