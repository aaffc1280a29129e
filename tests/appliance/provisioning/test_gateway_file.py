"""The gateway's settings on the box."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.provisioning import settings_files
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.network_states import NetworkState
from appliance.provisioning.proxy_wishes import ProxyWishes
from detection import settings
from proxy_addons.gateway_settings import GatewaySettings

BOX = Box(
    school="Ysgol “Bryn” \\ Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(
        Network(
            name="pupils", interface="eth1", address="10.20.0.1/16", address6="fd00:20::1/64", undecryptable="block"
        ),
        Network(name="guests", interface="eth2", address="10.40.0.1/16", kind="guest", proxy=False),
    ),
    resolvers=("192.0.2.53",),
)


@pytest.fixture
def read(tmp_path: Path) -> GatewaySettings:
    (tmp_path / "gateway.toml").write_text(gateway(BOX), "utf-8")
    return settings.load(tmp_path / "gateway.toml", GatewaySettings)


def test_the_gateway_takes_it(read: GatewaySettings) -> None:
    assert read.school == BOX.school
    assert read.state == Path("/var/lib/gatehouse/gateway")
    assert read.sensor.appliance_url == "http://127.0.0.1:8443"


def test_it_knows_which_devices_are_in_which_network(read: GatewaySettings) -> None:
    assert read.names_only == ("10.40.0.0/16",)
    assert read.undecryptable == {"10.20.0.0/16": "block", "fd00:20::/64": "block"}
    assert read.proxy_clients == ("10.20.0.0/16", "fd00:20::/64")


def test_it_asks_the_boxs_own_resolver_first(read: GatewaySettings) -> None:
    assert read.resolvers == ("127.0.0.1", "192.0.2.53")


def test_it_is_told_of_the_public_halves_only() -> None:
    text = gateway(BOX)
    assert "appliance.pub" in text
    assert "appliance.key" not in text
    assert settings_files.STATE not in text


def test_the_schools_own_authorities_are_believed_where_there_are_any() -> None:
    own = replace(BOX, origin_ca=Path("/etc/gatehouse/own-ca.pem"))
    assert 'origin_ca = "/etc/gatehouse/own-ca.pem"\n' in gateway(own)
    assert "origin_ca" not in gateway(BOX)


def test_lists_of_revoked_certificates_are_heeded_where_there_are_any() -> None:
    lists = replace(BOX, revocation_lists=Path("/etc/gatehouse/revoked"))
    assert 'revocation_lists = "/etc/gatehouse/revoked"\n' in gateway(lists)
    assert "revocation_lists" not in gateway(BOX)


def test_the_explicit_proxy_asks_for_a_sign_in_and_reaches_inside_where_the_school_says_so(
    tmp_path: Path, read: GatewaySettings
) -> None:
    wishes = ProxyWishes(accounts=Path("/etc/gatehouse/accounts"), inside=("10.1.0.0/24",))
    (tmp_path / "wished.toml").write_text(gateway(replace(BOX, proxy=wishes)), "utf-8")
    wished = settings.load(tmp_path / "wished.toml", GatewaySettings)
    assert (wished.proxy_accounts, wished.proxy_inside) == (Path("/etc/gatehouse/accounts"), ("10.1.0.0/24",))
    assert (read.proxy_accounts, read.proxy_inside) == (None, ())


def test_what_a_person_has_signed_for_is_read() -> None:
    signed = NetworkState(name="guests", kind="guest", reading="read")
    assert 'names_only = ["10.40.0.0/16"]' in gateway(BOX)
    assert "names_only = []" in gateway(BOX, (signed,))


def test_where_devices_tell_who_signs_in_it_is_asked_for_often(tmp_path: Path, read: GatewaySettings) -> None:
    (tmp_path / "agents.toml").write_text(gateway(replace(BOX, agents="inside")), "utf-8")
    assert settings.load(tmp_path / "agents.toml", GatewaySettings).sensor.bindings_seconds == 2.0
    assert read.sensor.bindings_seconds == 60.0


def test_a_second_gateway_reports_to_the_first_box_with_a_certificate() -> None:
    sensor = tomllib.loads(gateway(replace(BOX, appliance=FirstBox(address="https://10.20.0.1:8446/"))))["sensor"]
    assert sensor["appliance_url"] == "https://10.20.0.1:8446"
    assert sensor["client_key"] == "/var/lib/gatehouse/gateway/gateway.key"
    assert (sensor["ca_file"], sensor["client_certificate"]) == (
        "/etc/gatehouse/first.pem",
        "/etc/gatehouse/gateway.crt",
    )
    assert "token_file" not in sensor
