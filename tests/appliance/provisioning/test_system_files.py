"""What Debian itself is told."""

from pathlib import Path

from appliance.provisioning import system_files
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network

BOX = Box(
    school="Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="staff", interface="eth1.30", address="10.30.0.1/16"),),
    time_servers=("ntp.hill.example", "192.0.2.1"),
)
FILES = system_files.files(BOX)


def test_it_routes_and_sends_nobody_past_itself() -> None:
    text = FILES[system_files.SYSCTL]
    assert "net.ipv4.ip_forward = 1\n" in text
    assert "net.ipv6.conf.all.forwarding = 1\n" in text
    assert "-net/ipv4/conf/eth1.30/send_redirects = 0\n" in text


def test_no_programs_memory_is_written_to_disk() -> None:
    assert "kernel.core_pattern = |/bin/false\n" in FILES[system_files.SYSCTL]
    assert "DumpCore=no" in FILES[system_files.WATCHDOG]


def test_the_schools_clock_is_asked() -> None:
    assert FILES[system_files.TIME] == "[Time]\nNTP=ntp.hill.example 192.0.2.1\n"


def test_what_waits_for_the_network_does_not_wait_for_long_and_never_fails() -> None:
    """Where another program has the card that leads outside, networkd has none that it could wait for."""
    lines = FILES[system_files.ONLINE].splitlines()
    assert lines[-2:] == ["ExecStart=", "ExecStart=-/usr/lib/systemd/systemd-networkd-wait-online --timeout=30"]


def test_logs_and_updates_look_after_themselves() -> None:
    assert "SystemMaxUse=1G" in FILES[system_files.JOURNAL]
    assert 'Unattended-Upgrade "1"' in FILES[system_files.UPDATES]
    assert all(Path(path).is_absolute() for path in FILES)
