"""What is rendered for dnsmasq, and that dnsmasq takes it. What it then answers: tests/box/test_names.py."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.dnsmasq import dnsmasq, own_names
from detection.unopened.layers import load_layers

DNSMASQ = shutil.which("dnsmasq") or "/usr/sbin/dnsmasq"
PUPILS = Network(name="pupils", interface="eth1", address="10.20.0.1/16", address6="fd00:20::1/64")
STAFF = Network(name="staff", interface="eth2", address="10.30.0.1/16", tunnels="block")


def box(*networks: Network, resolvers: tuple[str, ...] = ("192.0.2.53", "2001:db8::53")) -> Box:
    return Box(
        school="Hill School",
        hostname="gatehouse.hill.example",
        outside="eth0",
        network=networks or (PUPILS,),
        resolvers=resolvers,
    )


@pytest.mark.parametrize("made", [box(), box(PUPILS, STAFF), box(resolvers=())])
def test_dnsmasq_takes_it(tmp_path: Path, made: Box) -> None:
    file = tmp_path / "dnsmasq.conf"
    file.write_text(dnsmasq(made))
    tried = subprocess.run([DNSMASQ, "--test", f"--conf-file={file}"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


def test_it_answers_in_the_networks_and_never_outside() -> None:
    lines = dnsmasq(box(PUPILS, STAFF)).splitlines()
    assert {"interface=eth1", "interface=eth2", "except-interface=eth0"} <= set(lines)
    assert "interface=eth0" not in lines


def test_without_resolvers_of_its_own_the_box_asks_whom_the_system_asks() -> None:
    assert "no-resolv" in dnsmasq(box())
    assert "server=192.0.2.53" in dnsmasq(box())
    assert "no-resolv" not in dnsmasq(box(resolvers=()))


def test_the_resolvers_of_others_are_refused_only_where_a_network_blocks_tunnels() -> None:
    assert "address=/dns.google/" not in dnsmasq(box(PUPILS))
    assert "address=/dns.google/" in dnsmasq(box(PUPILS, STAFF))
    assert "address=/use-application-dns.net/" in dnsmasq(box(PUPILS))


def test_nobodys_lookups_are_written_down() -> None:
    assert "log-queries" not in dnsmasq(box())


def test_no_line_is_longer_than_dnsmasq_reads() -> None:
    assert max(map(len, dnsmasq(box(PUPILS, STAFF)).splitlines())) < 1000


def test_the_box_has_a_name_for_itself_for_its_trust_check_and_for_its_pac_file() -> None:
    assert list(own_names(box())) == [
        "gatehouse.hill.example",
        "trust-check.gatehouse.hill.example",
        "wpad.hill.example",
    ]


def test_of_two_boxes_the_names_lead_to_whichever_works() -> None:
    lines = dnsmasq(box(replace(PUPILS, shared="10.20.0.9"), STAFF)).splitlines()
    assert [line for line in lines if line.startswith("host-record=wpad.")] == [
        "host-record=wpad.hill.example,10.20.0.9",
        "host-record=wpad.hill.example,10.30.0.1",
    ]


def test_what_a_school_opens_does_not_go_past_the_workers(tmp_path: Path) -> None:
    closing = "nftset=/gs.apple.com/"
    assert closing in dnsmasq(box())
    for name in ("gs.apple.com", "below.gs.apple.com"):
        opened = f'[[group]]\nreason = "x"\nwhy = "y"\nopened = true\ndomains = ["{name}"]\n'
        (tmp_path / "school.toml").write_text(opened)
        assert closing not in dnsmasq(box(), load_layers(tmp_path))
