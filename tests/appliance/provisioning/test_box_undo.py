from appliance.provisioning.box_plan import Wanted, whole
from appliance.provisioning.box_undo import without_data
from appliance.provisioning.ledger import Key
from appliance.provisioning.plan import Site
from tests.appliance.provisioning.boxes import box


def test_keeping_the_data_keeps_what_opens_them_and_whose_they_are(site: Site) -> None:
    ledger = site.ledger
    for step in whole(box(), Wanted(version="1")):
        ledger.note(step.key, data=getattr(step, "data", False))
    gone = without_data(ledger)
    assert Key("packages", "debian") in gone
    assert Key("file", "/etc/gatehouse/gateway.toml") in gone
    assert Key("folder", "/var/lib/gatehouse/updates") in gone
    assert Key("user", "gatehouse") not in gone
    assert Key("made", "/var/lib/gatehouse/appliance/keys/appliance.key") not in gone
    assert Key("folder", "/var/lib/gatehouse") not in gone


def test_a_folder_that_holds_something_kept_stays_with_it(site: Site) -> None:
    for name, data in (("/etc/gatehouse", False), ("/etc/gatehouse/bypass.d", True), ("/opt/gatehouse", False)):
        site.ledger.note(Key("folder", name), data=data)
    assert without_data(site.ledger) == [Key("folder", "/opt/gatehouse")]


def test_what_a_second_gateway_speaks_with_is_kept_with_its_data(site: Site) -> None:
    key = Key("made", "/var/lib/gatehouse/gateway/gateway.key")
    site.ledger.note(key, files=[key.name])
    assert key not in without_data(site.ledger)
