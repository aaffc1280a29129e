"""Ways past the gateway: named for each device, and passed or refused as the network's policy has it."""

import pytest

from appliance.provisioning.nftables import fresh
from proxy_addons.supervisor.firewall import Firewall, Seen
from proxy_addons.supervisor.tunnels import tunnel_name
from tests.appliance.deadline import eventually
from tests.box.gateway_side import box
from tests.box.town import GUESTS4, PUPILS4, PUPILS6, WEB

FAMILY = "import socket, sys; family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET\n"
TCP = FAMILY + (
    "s = socket.socket(family); s.settimeout(2)\n"
    "s.bind((sys.argv[1], 0))\n"
    "try: s.connect((sys.argv[2], int(sys.argv[3]))); print('open')\n"
    "except OSError as e: print(type(e).__name__)"
)
UDP = FAMILY + (
    "s = socket.socket(family, socket.SOCK_DGRAM)\n"
    "s.settimeout(1); s.bind((sys.argv[1], 0)); s.connect((sys.argv[2], int(sys.argv[3]))); s.send(b'hello')\n"
    "try: s.recv(9)\n"
    "except OSError as e: print(type(e).__name__)"
)
ESP = (
    "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 50)\n"
    "s.bind((sys.argv[1], 0)); s.sendto(bytes(32), (sys.argv[2], 0))"
)
LISTEN = (
    "import socket, time; heard = socket.create_server(('::', 9001), family=socket.AF_INET6, dualstack_ipv6=True)\n"
    "time.sleep(600)"
)


@pytest.fixture
def loaded(town, internet, tmp_path, monkeypatch):
    """The firewall alone: nothing here is for a worker."""
    command = tmp_path / "nft"
    command.write_text(f'#!/bin/sh\nexec ip netns exec {town.gateway.name} /usr/sbin/nft "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/sbin:/usr/bin:/sbin:/bin")

    def load(**policy):
        text = fresh(box(pupils=policy)) + 'add element inet gatehouse reading { "pupils" }\n'
        town.gateway.run("nft", "-f", "-", stdin=text)
        return Firewall("inet gatehouse")

    return load


def use_all(town):
    """What each way ended with, for the device."""
    return {
        "wireguard": town.pupils.python(UDP, PUPILS4[0], WEB[0], 51820).stdout.strip(),
        "openvpn": town.pupils.python(TCP, PUPILS4[0], WEB[0], 1194).stdout.strip(),
        "tor": town.pupils.python(TCP, PUPILS6[1], WEB[1], 9001).stdout.strip(),
        "odd-port": town.pupils.python(TCP, PUPILS4[2], WEB[0], 4444).stdout.strip(),
        "ipsec": town.pupils.python(ESP, PUPILS4[3], WEB[0]).stdout.strip(),
    }


def named(firewall):
    return {(seen.device, tunnel_name(seen.protocol, seen.port)) for seen in firewall.seen()}


EXPECTED = {
    (PUPILS4[0], "wireguard"),
    (PUPILS4[0], "openvpn"),
    (PUPILS6[1], "tor"),
    (PUPILS4[2], "odd-port"),
    (PUPILS4[3], "ipsec"),
}


def test_tunnels_are_named_for_each_device_and_pass(loaded, town):
    firewall = loaded(tunnels="alert")
    ended = use_all(town)
    assert ended["openvpn"] == "ConnectionRefusedError"  # by the far end, where nobody listens
    assert named(firewall) == EXPECTED
    assert firewall.counters()["pupils-tunnels"] >= len(EXPECTED)


def test_blocked_they_are_named_and_refused_at_once_before_they_reach_anybody(loaded, town):
    firewall = loaded(tunnels="block")
    with town.internet.running("python3", "-c", LISTEN):
        eventually(lambda: town.internet.python(TCP, WEB[1], WEB[1], 9001).stdout == "open\n")
        ended = use_all(town)
    assert (ended["wireguard"], ended["tor"]) == ("ConnectionRefusedError", "ConnectionRefusedError")
    assert named(firewall) == EXPECTED


def test_where_they_may_pass_nobody_is_named(loaded, town):
    firewall = loaded(tunnels="pass")
    use_all(town)
    assert named(firewall) == set()
    assert firewall.counters()["pupils-tunnels"] >= len(EXPECTED)


def test_in_a_network_that_is_not_read_nothing_is_kept_of_anybody(loaded, town):
    firewall = loaded(tunnels="alert")
    town.guests.python(UDP, GUESTS4[0], WEB[0], 51820)
    assert firewall.seen() == []
    assert firewall.counters()["guests-connections"] >= 1


def test_time_mail_and_calls_are_only_counted(loaded, town):
    firewall = loaded(tunnels="block")
    for port in (123, 3478):
        town.pupils.python(UDP, PUPILS4[0], WEB[0], port)
    town.pupils.python(TCP, PUPILS4[0], WEB[0], 993)
    assert firewall.counters()["pupils-ordinary"] == 3
    assert firewall.seen() == []


def test_a_device_is_counted_for_as_often_as_it_tries(loaded, town):
    firewall = loaded(tunnels="alert")
    for _ in range(3):
        town.pupils.python(TCP, PUPILS4[0], WEB[0], 22)
    assert firewall.seen() == [Seen(device=PUPILS4[0], protocol="tcp", port=22, times=3)]
