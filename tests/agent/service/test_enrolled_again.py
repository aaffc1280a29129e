"""After the appliance has lost its authority for devices, one that enrols again gives the new box what it kept."""

import shutil
from pathlib import Path

from agent.cli import main
from agent.link.asking import ask_standing
from tests.agent.appliance import CODE, agents_appliance
from tests.agent.service.device import HURTS, enrolled_device, seen
from tests.detection.scripted_appliance import eventually


def test_what_waited_arrives_at_the_new_box_without_a_restart_by_hand(tmp_path: Path) -> None:
    with (
        agents_appliance(tmp_path / "box") as lost,
        enrolled_device(tmp_path / "device", lost) as device,
    ):
        accounts, lost.takes = lost.accounts, False
        device.start()
        session = device.session()
        device.watched(session)
        session.say(seen(HURTS))
        eventually(lambda: session.waiting == 0)
        session.stop(1)
        restored = tmp_path / "restored"
        restored.mkdir()
        for key in ("private", "public"):
            shutil.copy(lost.folder / key, restored / key)
        with agents_appliance(restored, accounts=accounts) as box:
            where = ("--appliance", box.url, "--authority", str(restored / "authority.pem"))
            assert main(["enrol", "--again", *where, "--code", CODE, "--state", str(device.state)]) == 0
            eventually(lambda: len(box.reports) == 1, 90)
            assert box.reports[0].detection.observation.text == HURTS
            assert ask_standing(device.socket) is not None
            assert device.processes[0].poll() is None
            assert device.stop() == 0
