"""The plan of a box."""

from dataclasses import replace

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.box_plan import Wanted, program, whole
from appliance.provisioning.box_undo import UNDO
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.ledger import Key
from appliance.provisioning.plan import Site

BOX = Box(
    school="Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="pupils", interface="eth1", address="10.20.0.1/16"),),
)


def test_each_thing_is_made_once_and_can_be_undone() -> None:
    keys = [step.key for step in whole(BOX, Wanted(version="1"))]
    assert len(set(keys)) == len(keys)
    assert {key.kind for key in keys} <= UNDO.keys()


def test_an_image_holds_the_program_and_no_school() -> None:
    keys = [str(step.key) for step in program(None, "1")]
    assert not [key for key in keys if "toml" in key or "school" in key]
    assert {"packages debian", "releases /opt/gatehouse/releases", "link /usr/local/bin/gatehouse"} <= set(keys)


def test_a_start_that_nobody_watches_says_no_password_and_forgets_no_account(site: Site) -> None:
    account = Key("row", "account safeguarding-lead")
    for watched in (True, False):
        (step,) = (step for step in whole(BOX, Wanted(version="1", watched=watched)) if step.key == account)
        assert bool(step.lacks(site)) == watched


def test_a_box_file_from_elsewhere_is_put_where_the_commands_look_for_it() -> None:
    put = Key("file", "/etc/gatehouse/box.toml")
    assert put not in [step.key for step in whole(BOX, Wanted(version="1"))]
    assert put in [step.key for step in whole(BOX, Wanted(version="1", box_file="…"))]


SECOND = replace(BOX, appliance=FirstBox(address="https://10.20.0.1:8446"))


def test_a_second_gateway_has_no_appliance_console_or_records_of_its_own() -> None:
    keys = [step.key for step in whole(SECOND, Wanted(version="1"))]
    assert len(set(keys)) == len(keys)
    assert {key.kind for key in keys} <= UNDO.keys()
    names = " ".join(str(key) for key in keys)
    for none in ("appliance.toml", "appliance.service", "worker", "console", "backup", "school", "account", "agents"):
        assert none not in names, none
    assert Key("file", "/etc/gatehouse/follow.toml") in keys
    assert Key("service", "gatehouse-follow.service") in keys
    joined = keys.index(Key("made", "/var/lib/gatehouse/gateway/gateway.key"))
    assert keys.index(Key("service", "gatehouse-firewall.service")) < joined
    assert keys.index(Key("service", "systemd-networkd.service")) < joined
    assert joined < keys.index(Key("service", "gatehouse-gateway.service"))
