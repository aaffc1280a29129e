"""What runs on a box, and what each is told after a change."""

from appliance.provisioning.box_services import services
from appliance.provisioning.service import Applied, Service
from appliance.provisioning.units import units
from tests.appliance.provisioning.boxes import box

BOX = box(notice_url="https://hill.example/monitoring")
SERVICES = {step.unit: step for step in services(BOX) if isinstance(step, Service)}


def test_every_unit_is_run_and_the_firewall_before_all_others() -> None:
    ours = [unit for unit in SERVICES if unit.startswith("gatehouse-")]
    assert ours == [name for name in units(BOX) if name != "gatehouse-backup.service"]
    assert ours[0] == "gatehouse-firewall.service"


def test_without_its_firewall_a_box_is_not_one_and_without_a_program_it_routes() -> None:
    fatal = [unit for unit, step in SERVICES.items() if unit.startswith("gatehouse-") and not step.may_fail]
    assert [unit for unit in fatal if unit.endswith(".service")] == [
        "gatehouse-firewall.service",
        "gatehouse-dns.service",
    ]


def test_the_kernel_is_told_to_route_at_once() -> None:
    assert "sysctl" in [step.name for step in services(BOX) if isinstance(step, Applied)]


def test_names_start_anew_with_their_settings() -> None:
    assert SERVICES["gatehouse-dns.service"].files[1:] == ("/etc/gatehouse/dnsmasq.conf",)
    assert SERVICES["gatehouse-dns.service"].settings == ()


def test_a_new_release_cuts_no_connection() -> None:
    """The gateway is told of it, and replaces its workers when their connections have ended; others start anew."""
    assert "/opt/gatehouse/current" in SERVICES["gatehouse-gateway.service"].settings
    assert "/opt/gatehouse/current" not in SERVICES["gatehouse-gateway.service"].files
    assert "/opt/gatehouse/current" in SERVICES["gatehouse-console.service"].files
