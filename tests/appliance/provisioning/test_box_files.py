from appliance.provisioning.box_files import box_files
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.system_units import FIREWALL
from tests.appliance.provisioning.boxes import box

ALWAYS = {
    "/etc/gatehouse/gateway.toml",
    FIREWALL,
    "/etc/systemd/system/gatehouse-gateway.service",
}
OF_AN_APPLIANCE = {f"/etc/gatehouse/{name}.toml" for name in ("appliance", "worker", "console")}


def test_each_file_is_written_once() -> None:
    names = [step.key.name for step in box_files(box(), ())]
    assert len(set(names)) == len(names)
    assert set(names) >= ALWAYS | OF_AN_APPLIANCE
    assert "/etc/gatehouse/enrolment.toml" not in names


def test_what_a_box_does_not_do_has_no_settings() -> None:
    names = {step.key.name for step in box_files(box(appliance=FirstBox(address="https://10.20.0.1:8446")), ())}
    assert names >= ALWAYS | {"/etc/gatehouse/follow.toml"}
    assert not OF_AN_APPLIANCE & names


def test_devices_are_set_up_where_the_school_says_what_it_does() -> None:
    names = [step.key.name for step in box_files(box(notice_url="https://hill.example/monitoring"), ())]
    assert "/etc/gatehouse/enrolment.toml" in names
