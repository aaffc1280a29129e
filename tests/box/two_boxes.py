"""Two boxes: the second gateway, in the town's gateway, reports across a network to the first one's appliance."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.provisioning import settings_files
from appliance.provisioning.box import Box
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.nftables import fresh
from tests.box.first_box import FIRST, PUPILS, READY, First, first_box
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, Place, end
from tests.box.pupil import Pupil
from tests.box.town import GATEWAY_PUPILS, Town

BOX = f"""
school = "Larkmoor School"
hostname = "gatehouse.larkmoor.test"
outside = "outside"
masquerade = false
workers = 1
origin_ca = "{{ca}}"
[appliance]
address = "{FIRST}"
[[network]]
name = "pupils"
interface = "pupils"
address = "{GATEWAY_PUPILS}/24"
"""


@dataclass
class TwoBoxes:
    town: Town
    internet: Origin
    folder: Path
    first: First
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    """Of the second."""

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    @property
    def pupil(self) -> Pupil:
        root = self.folder / "gateway" / "authority" / "gatehouse-root.pem"
        return Pupil(self.town.pupils, root, self.internet.ca)

    def start(self, program: str) -> None:
        """``follow`` or ``supervisor``. One that runs is left alone."""
        if program in self.processes and self.processes[program].poll() is None:
            return
        file = self.folder / ("gateway.toml" if program == "supervisor" else f"{program}.toml")
        self.processes[program] = self.town.gateway.start(GATEHOUSE, program, "--config", file)

    def kill(self, program: str) -> None:
        """Outright, with its workers; whatever they were doing."""
        process = self.processes[program]
        os.killpg(process.pid, 9)
        process.wait()

    def known(self) -> str:
        return known(self.folder / "follow")

    def join(self, *more: object) -> None:
        draft = self.folder / "joining"
        draft.mkdir(exist_ok=True)
        code = self.first.new_code()
        _run(self.town.gateway, "join", "--appliance", FIRST, "--into", draft, *more, stdin=f"{code}\n")
        self.etc.mkdir(exist_ok=True)
        (self.folder / "gateway").mkdir(exist_ok=True)
        for file in draft.iterdir():
            file.replace(self.folder / "gateway" / file.name if file.name == "gateway.key" else self.etc / file.name)

    def join_again(self) -> None:
        self.join("--key", self.folder / "gateway" / "gateway.key")


def known(state: Path) -> str:
    """How a second box stands to the first, by the folder of the program that follows; nothing before it has asked."""
    file = state / "known.json"
    return str(json.loads(file.read_text())["state"]) if file.exists() else ""


@contextmanager
def two_boxes(town: Town, internet: Origin, folder: Path, *programs: str) -> Iterator[TwoBoxes]:
    """The first with its door open, the second joined; nothing is agreed yet."""
    with first_box(town, folder / "first") as first:
        boxes = TwoBoxes(town, internet, folder, first)
        try:
            boxes.join()
            _settings(boxes)
            _run(town.gateway, "authority", "new", "--config", folder / "gateway.toml")
            town.gateway.run("nft", "-f", "-", stdin=fresh(Box(**_fields(internet))))
            for program in programs or ("follow", "supervisor"):
                boxes.start(program)
            yield boxes
        finally:
            for process in boxes.processes.values():
                end(process)
            town.gateway.run("nft", "delete table inet gatehouse", check=False)


def _run(place: Place, *command: object, stdin: str = "") -> None:
    """A command of ours, as long as it takes."""
    words = ["ip", "netns", "exec", place.name, str(GATEHOUSE), *map(str, command)]
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, check=False, timeout=READY)
    assert done.returncode == 0, done.stderr


def _settings(boxes: TwoBoxes) -> None:
    """As provisioning writes them, in folders of the test's own."""
    box = Box(**_fields(boxes.internet))
    assert box.appliance is not None
    follow = settings_files.follow(box.appliance) + "seconds = 0.5\n"
    plain = gateway(box).replace("[sensor]\n", "[sensor]\nsecond_opinion = false\n")  # it takes long to load
    for name, text in (("gateway", plain), ("follow", follow)):
        moved = text.replace(settings_files.ETC, str(boxes.etc)).replace("/var/lib/gatehouse", str(boxes.folder))
        (boxes.folder / f"{name}.toml").write_text(moved)  # not beside box.toml, where it would be rendered anew
    (boxes.etc / "box.toml").write_text(BOX.format(ca=boxes.internet.ca))
    (boxes.etc / "bypass.d").mkdir()
    (boxes.folder / "follow").mkdir()


def _fields(internet: Origin) -> dict[str, Any]:
    return {
        "school": "Larkmoor School",
        "hostname": "gatehouse.larkmoor.test",
        "outside": "outside",
        "masquerade": False,
        "workers": 1,
        "origin_ca": internet.ca,
        "appliance": FirstBox(address=FIRST),
        "network": (PUPILS,),
    }
