"""Two boxes that share the addresses devices use."""

import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.provisioning.box_plan import Wanted, whole
from appliance.provisioning.keepalived import RESTARTED, files, is_shared, keepalived
from appliance.provisioning.ledger import Key
from appliance.provisioning.nftables import ruleset
from tests.appliance.provisioning.boxes import box, guests, network
from tests.networks import needs_own_network

PAIR = box(network(shared="192.0.2.3"), guests(shared="198.51.100.3"), vrrp_priority=150)
ALONE = box()


def test_all_addresses_go_together_to_the_one_that_works() -> None:
    text = keepalived(PAIR)
    assert "    192.0.2.3/24\n" in text
    assert "    198.51.100.3/24\n" in text
    assert text.count("priority 150\n") == 2
    assert "group {\n    pupils\n    guest-wifi\n  }" in text


def test_it_has_them_only_while_its_gateway_and_its_names_both_work() -> None:
    """systemctl says yes to several units where one of them is active."""
    text = keepalived(PAIR)
    asked = [line.split("is-active --quiet ")[1] for line in text.splitlines() if "is-active" in line]
    assert asked == ['gatehouse-gateway.service"', 'gatehouse-dns.service"']
    assert "track_script {\n    gateway\n    dns\n  }" in text


def test_what_moves_the_addresses_comes_back_when_it_has_fallen() -> None:
    assert "\nRestart=always\n" in files(PAIR)[RESTARTED]
    assert files(ALONE) == {}


@pytest.mark.skipif(shutil.which("keepalived") is None, reason="keepalived is not here")
@needs_own_network
def test_keepalived_takes_it(tmp_path: Path) -> None:
    """In a network of its own, where there are such cards."""
    (tmp_path / "keepalived.conf").write_text(keepalived(PAIR))
    cards = "ip link add eth1 type veth peer name eth2.30 && ip link set eth1 up && ip link set eth2.30 up"
    check = f"exec keepalived --config-test --use-file {tmp_path}/keepalived.conf --log-console"
    done = subprocess.run(
        ["unshare", "--net", "sh", "-c", f"{cards} && {check}"],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert done.stdout + done.stderr == "", "it complains of lines; its status says nothing"


def test_each_hears_the_other_only_where_there_are_two() -> None:
    heard = "ip daddr 224.0.0.18 meta l4proto 112 accept"
    assert heard in ruleset(PAIR)
    assert heard not in ruleset(ALONE)


def test_a_box_alone_has_no_keepalived() -> None:
    assert not is_shared(ALONE)
    unit = Key("service", "keepalived.service")
    assert unit in [step.key for step in whole(PAIR, Wanted(version="1"))]
    assert unit not in [step.key for step in whole(ALONE, Wanted(version="1"))]
