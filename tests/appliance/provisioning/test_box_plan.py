"""The plan of a box."""

from appliance.provisioning.box import Box, Network
from appliance.provisioning.box_plan import UNDO, is_data, program, whole
from appliance.provisioning.ledger import Key

BOX = Box(
    school="Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="pupils", interface="eth1", address="10.20.0.1/16"),),
)


def test_each_thing_is_made_once_and_can_be_undone() -> None:
    keys = [step.key for step in whole(BOX, None, "1")]
    assert len(set(keys)) == len(keys)
    assert {key.kind for key in keys} <= UNDO.keys()


def test_an_image_holds_the_program_and_no_school() -> None:
    keys = [str(step.key) for step in program(None, "1")]
    assert not [key for key in keys if "toml" in key or "school" in key]
    assert {"packages debian", "releases /opt/gatehouse/releases", "link /usr/local/bin/gatehouse"} <= set(keys)


def test_a_start_that_nobody_watches_says_no_password() -> None:
    account = Key("row", "account safeguarding-lead")
    assert account in [step.key for step in whole(BOX, None, "1")]
    assert account not in [step.key for step in whole(BOX, None, "1", account=False)]


def test_keeping_the_data_keeps_what_opens_them_and_whose_they_are() -> None:
    kept = [Key("user", "gatehouse"), Key("made", "/var/lib/gatehouse/appliance/keys/appliance.key")]
    assert all(is_data(key, {}) for key in kept)
    assert is_data(Key("folder", "/var/lib/gatehouse"), {"data": True})
    assert not is_data(Key("folder", "/etc/gatehouse"), {"data": False})
    assert not is_data(Key("packages", "debian"), {})
