"""The package on a whole machine with systemd, logind and polkit: who may end a session's program, and who may not."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.agent.packaging.machine import PACKAGES, look
from tests.agent.packaging.test_deb import SUITE
from tests.box.bare_debian import bare_debian, why_not
from tests.box.booted import why_not as why_not_booted

APPLIANCE = """
import threading
from pathlib import Path
from tests.agent.appliance import CODE, PUPIL, agents_appliance
with agents_appliance(Path("/root/appliance")) as appliance:
    appliance.accounts["pupil"] = PUPIL
    Path("/etc/gatehouse-agent/enrol.new").write_text(
        f'appliance = "{appliance.url}"\\ncode = "{CODE}"\\nauthority = "/srv/authority.pem"\\n')
    Path("/srv/authority.pem").write_bytes((appliance.folder / "authority.pem").read_bytes())
    Path("/etc/gatehouse-agent/enrol.new").rename("/etc/gatehouse-agent/enrol.toml")
    while True:
        threading.Event().wait(0.2)
        Path("/root/reports").write_text("".join(f"{each.detection.observation.app}\\n" for each in appliance.reports))
"""
DESKTOP = """\
[Service]
User=pupil
PAMName=login
Environment=XDG_SESSION_TYPE=x11 XDG_SESSION_CLASS=user DISPLAY=:7
ExecStart=/bin/sh -c 'Xvfb :7 -screen 0 1024x768x24 & sleep 2; openbox & sleep 1; exec mousepad'
"""
LOOK = Path(__file__).parent / "look.sh"
"""What is tried on the machine; each line it says is one that a test here looks at."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.skipif(why_not_booted() is not None, reason=str(why_not_booted())),
]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    folder = tmp_path_factory.mktemp("machine")
    with ExitStack() as stack:
        try:
            debian = stack.enter_context(bare_debian(folder / "root", SUITE))
        except RuntimeError as e:
            pytest.skip(str(e))
        for script in (
            "apt-get update",
            f"DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {' '.join(PACKAGES)}",
            "useradd --create-home --uid 1000 pupil",
            "scripts/build-agent --quick /root/built && apt-get install -y --no-install-recommends /root/built/*.deb",
            "rm -rf /root/built /var/cache/apt/archives/*.deb",
        ):
            done = debian.run("sh", "-euc", script)
            assert done.returncode == 0, done.stdout[-3000:]
        (debian.root / "root" / "appliance.py").write_text(APPLIANCE)
        (debian.root / "etc" / "systemd" / "system" / "desktop.service").write_text(DESKTOP)
        yield look(debian.root, LOOK.read_text())


def test_a_placed_code_enrols_the_device_and_is_gone(seen: dict[str, list[str]]) -> None:
    assert seen["service"] == ["active"]
    assert seen["code"] == ["agent.toml"]


def test_whoever_signs_in_gets_a_session_and_what_they_write_arrives(seen: dict[str, list[str]]) -> None:
    assert seen["session"] == ["active"]
    assert seen["reports"] == ["Mousepad"]


def test_a_session_killed_by_its_user_is_back_within_five_seconds(seen: dict[str, list[str]]) -> None:
    assert len(seen["back"]) == 5
    assert max(map(int, seen["back"])) < 5000


def test_nobody_but_an_administrator_can_stop_it(seen: dict[str, list[str]]) -> None:
    assert seen["may-stop"] == []
    assert seen["still"] == ["active active active"]


def test_the_service_may_stop_sessions(seen: dict[str, list[str]]) -> None:
    assert seen["service-may"] == ["session"]


def test_a_killed_service_is_back_and_sessions_wait_for_it(seen: dict[str, list[str]]) -> None:
    assert seen["service-back"] == ["active"]
    assert seen["session-stayed"] == ["yes"]


def test_an_administrator_stops_sessions_with_the_service(seen: dict[str, list[str]]) -> None:
    assert seen["stopped"] == ["inactive inactive"]
    assert seen["started"] == ["active active"]


def test_it_ends_with_the_sign_out(seen: dict[str, list[str]]) -> None:
    assert seen["signed-out"] == ["inactive"]


def test_purged_it_leaves_nothing_that_runs_or_lies_there(seen: dict[str, list[str]]) -> None:
    assert seen["purged"] == [""]
    assert seen["units"] == [""]


def test_the_journal_holds_none_of_what_was_written(seen: dict[str, list[str]]) -> None:
    assert seen["journal"] == ["0"]
