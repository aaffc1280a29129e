"""The box's file: what would leave a network unmonitored or unreachable is refused, in the line where it stands."""

from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from detection.settings import SettingsError, load

GOOD = """
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "eth0"

[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
address6 = "fd00:20::1/64"
clear_ports = [25, 6667]
"""


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "box.toml"
    file.write_text(GOOD)
    box = load(file, Box)
    assert box.network[0].name == "pupils"
    assert (box.workers, box.fail, box.network[0].kind) == (2, "open", "managed")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"pupils"', '"Pupils; drop"', "small letters"),
        ('"eth1"', '"eth1; flush ruleset"', "name a card"),
        ('"eth1"', '"eth0"', "also the card"),
        ('"10.20.0.1/16"', '"10.20.0.1"', "prefix length"),
        ('"10.20.0.1/16"', '"10.20.0/16"', "address"),
        ('"fd00:20::1/64"', '"10.0.0.1/8"', "IPv6"),
        ("[25, 6667]", "[0]", "clear_ports"),
        ('"gatehouse.hill.example"', '"gatehouse"', "full host name"),
        ('outside = "eth0"', 'outside = "eth0"\nworkers = 0', "workers"),
        ('outside = "eth0"', 'outside = "eth0"\nvrrp_priority = 255', "vrrp_priority"),
        ('name = "pupils"', 'name = "pupils"\nshared = "10.21.0.2"', "another address of the network"),
        ('outside = "eth0"', 'outside = "eth0"\nfail = "ajar"', "open or closed"),
        ('outside = "eth0"', 'outside = "eth0"\nresolvers = ["dns"]', "dns"),
        ('outside = "eth0"', 'outside = "eth0"\nssh_from = ["10.1.0.0/24; accept"]', "ssh_from"),
        ('outside = "eth0"', 'outside = "eth0"\nagents = "perhaps"', "nowhere, inside, everywhere"),
        ('outside = "eth0"', 'outside = "eth0"\nagents_names = ["gate"]', "a full host name or an address"),
        ('outside = "eth0"', 'outside = "eth0"\nconsole_from = ["everywhere"]', "console_from"),
        ('outside = "eth0"', 'outside = "eth0"\nconsole_url = "console"', "must begin with https://"),
        ('outside = "eth0"', 'outside = "eth0"\nconsole_url = "https://gatehouse.hill.example"', "port 8443"),
        ('outside = "eth0"', 'outside = "eth0"\nconsole_from = ["10.1.0.0/24"]', "console_url must be set"),
        ('outside = "eth0"', 'outside = "eth0"\npasskeys_required = "always"', "console_url must be set"),
        ('outside = "eth0"', 'outside = "eth0"\npasskeys_required = "often"', "outside, always, never"),
        ('outside = "eth0"', 'outside = "eth0"\nproxy = {direct = ["video"]}', "full host name"),
        ('name = "pupils"', 'name = "pupils"\nkind = "mine"', "managed, byod, guest"),
        ('outside = "eth0"', 'outside = "eth0"\nlead = "Ms Hill"', "lead"),
    ],
)
def test_what_cannot_work_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "box.toml"
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(SettingsError, match=said):
        load(file, Box)


def test_two_networks_need_two_cards(tmp_path: Path) -> None:
    file = tmp_path / "box.toml"
    file.write_text(GOOD + '[[network]]\nname = "staff"\ninterface = "eth1"\naddress = "10.30.0.1/16"\n')
    with pytest.raises(SettingsError, match="two have the interface eth1"):
        load(file, Box)


@pytest.mark.parametrize(
    "line", ['console_url = "http://x.example:1"', 'agents = "inside"', 'gateways_from = ["10.1.0.1"]']
)
def test_a_second_gateway_says_nothing_of_what_the_first_box_keeps(tmp_path: Path, line: str) -> None:
    file = tmp_path / "box.toml"
    file.write_text(
        f'school = "Oak"\nhostname = "g.oak.example"\noutside = "eth0"\n{line}\n'
        '[appliance]\naddress = "https://10.20.0.1:8446"\n'
        '[[network]]\nname = "pupils"\ninterface = "eth1"\naddress = "10.20.0.2/16"\n'
    )
    with pytest.raises(SettingsError, match=r"the first box's box\.toml"):
        load(file, Box)
