"""What the page for setting up devices is told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from appliance.provisioning import network_states
from appliance.provisioning.box import Box, Contact
from appliance.provisioning.box_network import Network
from appliance.provisioning.enrolment_file import enrolment
from appliance.provisioning.proxy_wishes import ProxyWishes
from console.enrolment.settings import EnrolmentSettings
from console.enrolment.standing import as_it_stands
from detection import settings

BOX = Box(
    school="Hill School",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(
        Network(name="pupils", interface="eth1", address="10.20.0.1/16", address6="fd00:20::1/64"),
        Network(name="guests", interface="eth2", address="10.40.0.1/16", kind="guest", proxy=False),
    ),
    notice_url="https://hill.example/monitoring",
    contact=(Contact(role="Designated Safeguarding Lead", name="Ms Hill", email="hill@hill.example"),),
    fail="closed",
)


def test_the_page_takes_it_and_claims_no_more_than_is_so(tmp_path: Path) -> None:
    (tmp_path / "enrolment.toml").write_text(enrolment(BOX), "utf-8")
    read = settings.load(tmp_path / "enrolment.toml", EnrolmentSettings)
    assert [(each.name, each.reads, each.proxy) for each in read.network] == [
        ("pupils", "nothing", True),
        ("guests", "names", False),
    ]
    assert read.network[0].address6 == "fd00:20::1/64"
    assert read.contact[0].name == "Ms Hill"
    assert read.notice_url == BOX.notice_url
    assert not read.fail_open
    assert read.states == network_states.FILE


def test_it_says_what_is_so_once_a_network_is_agreed(tmp_path: Path) -> None:
    (tmp_path / "enrolment.toml").write_text(enrolment(BOX), "utf-8")
    (pupils, _) = settings.load(tmp_path / "enrolment.toml", EnrolmentSettings).network
    states = tuple(
        network_states.NetworkState(name=each.name, kind=each.kind, reading=network_states.Reading.READ)
        for each in BOX.network
    )
    network_states.write(tmp_path / "networks.toml", network_states.text(states))
    assert as_it_stands(pupils, tmp_path / "networks.toml", datetime.now(UTC)).reads == "everything"


def test_the_pac_file_has_tls_and_what_goes_past_the_proxy_where_the_school_says_so(tmp_path: Path) -> None:
    wished = replace(BOX, proxy=ProxyWishes(tls=True, direct=("video.example",)))
    for box in (BOX, wished):
        (tmp_path / "enrolment.toml").write_text(enrolment(box), "utf-8")
        read = settings.load(tmp_path / "enrolment.toml", EnrolmentSettings)
        assert (read.proxy_tls, read.direct) == (box.proxy.tls, box.proxy.direct)
