"""What a supervisor says becomes sentences that tell what it means for the school."""

from appliance.supervisor_status import deaths, firewall_trouble, past, tunnels_trouble, unmanned_trouble


def seen(name: str, *devices: str) -> list[dict[str, object]]:
    return [{"device": device, "name": name, "protocol": "udp", "port": 1, "times": 1} for device in devices]


def test_a_gateway_without_a_supervisor_has_none_of_these_troubles() -> None:
    assert (deaths({}), past({})) == (0, 0)
    assert not any((unmanned_trouble({}), firewall_trouble({}), tunnels_trouble({})))


def test_a_share_without_a_worker_is_said_with_what_it_has_meanwhile() -> None:
    said = unmanned_trouble({"slots": 4, "unmanned": [2], "fail": "open"})
    assert said.startswith("1 of 4 parts of the devices pass unread")
    assert unmanned_trouble({"slots": 2, "unmanned": [0, 1], "fail": "closed"}).startswith("All devices have no web")


def test_a_firewall_that_takes_nothing_is_told_of() -> None:
    assert "Load it again" in firewall_trouble({"firewall_error": "No such file or directory"})


def test_devices_are_named_by_what_they_used_and_odd_ports_wake_nobody() -> None:
    many = [f"192.0.2.{n}" for n in range(10, 17)]
    tunnels = [*seen("wireguard", *many), *seen("odd-port", "192.0.2.9"), *seen("ssh", "192.0.2.3", "192.0.2.3")]
    said = tunnels_trouble({"tunnels": tunnels})
    assert said == ("ssh: 192.0.2.3; wireguard: 192.0.2.10, 192.0.2.11, 192.0.2.12, 192.0.2.13, 192.0.2.14 and 2 more")
