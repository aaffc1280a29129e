"""Two boxes: the second gateway, in the town's gateway, reports across a network to the first one's appliance."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from appliance import devices, network_agreements, organisations, store
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.gateways import second_gateways
from appliance.models import Reviewer
from appliance.network_agreements import Facts
from appliance.provisioning import settings_files
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.nftables import fresh
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.settings_files import SLUG
from detection import canary
from tests.appliance.deadline import eventually
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, Place, end
from tests.box.pupil import Fetched, curl
from tests.box.town import GATEWAY_PUPILS, WEB, Town

PUPILS = Network(name="pupils", interface="pupils", address=f"{GATEWAY_PUPILS}/24")
READY = 300.0
"""Seconds for a program to answer where much else goes on; the supervisor begins anew with a worker meanwhile."""
FIRST = f"https://{WEB[0]}:8446"
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
AGENTS = """
database = "{places.database}"
vault = "{places.vault}"
private_key = "{places.private_key}"
library_key = "{places.library_private_key}"
canary_key = "{folder}/canary.key"
authority = "{places.agents_authority}"
names = ["{name}"]
host = "{name}"
"""
CUT = "table inet cut { chain out { type filter hook output priority 0; tcp dport 8446 drop; }; }"


@dataclass
class TwoBoxes:
    town: Town
    internet: Origin
    folder: Path
    places: Places
    """Of the first box."""
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    @property
    def root(self) -> Path:
        return self.folder / "gateway" / "authority" / "gatehouse-root.pem"

    def start(self, program: str) -> None:
        """``agents`` on the first box, ``follow`` and ``supervisor`` on the second. One that runs is left alone."""
        if program in self.processes and self.processes[program].poll() is None:
            return
        file = self.folder / f"{_file(program)}.toml"
        self.processes[program] = self._place(program).start(GATEHOUSE, program, "--config", file)

    def kill(self, program: str) -> None:
        """Outright, with its workers; whatever they were doing."""
        process = self.processes[program]
        os.killpg(process.pid, 9)
        process.wait()

    def sessions(self) -> Any:
        return store.sessions(self.places.database)

    def answers(self) -> bool:
        """The first box's door."""
        return curl(self.town.gateway, f"{FIRST}/agent/authority", seconds=5, more=("--insecure",)).status == 200

    def write(self, word: str) -> Fetched:
        """The word stands first: searches that begin alike within seconds are one that is still typed."""
        url = f"https://search.test/?q={word}+i+want+to+hurt+myself"
        return curl(self.town.pupils, url, self.root, self.internet.ca, seconds=10)

    def is_read(self) -> bool:
        """The second gateway's certificate is met, which the origin's authority did not sign."""
        return curl(self.town.pupils, "https://web.test/", self.root, seconds=5).exit == 0

    def passes_unread(self) -> bool:
        return curl(self.town.pupils, "https://web.test/", self.internet.ca, seconds=5).exit == 0

    def captures(self, word: str) -> int:
        with closing(sqlite3.connect(self.places.folder / "gatehouse.db")) as db:
            return int(db.execute("SELECT count(*) FROM captures WHERE text LIKE ?", (f"%{word}%",)).fetchone()[0])

    def cut(self) -> None:
        self.town.gateway.run("nft", CUT)

    def mend(self) -> None:
        self.town.gateway.run("nft", "delete table inet cut", check=False)

    def known(self) -> str:
        file = self.folder / "follow" / "known.json"
        return str(json.loads(file.read_text())["state"]) if file.exists() else ""

    def _place(self, program: str) -> Place:
        return self.town.internet if program == "agents" else self.town.gateway


@contextmanager
def two_boxes(town: Town, internet: Origin, folder: Path, *programs: str) -> Iterator[TwoBoxes]:
    """The first with its door open, the second joined; nothing is agreed yet."""
    places = Places(folder / "first")
    places.make()
    prepare(places, datetime.now(UTC))
    canary.new_key(places.folder / "canary.key")
    boxes = TwoBoxes(town, internet, folder, places)
    (folder / "agents.toml").write_text(AGENTS.format(places=places, folder=places.folder, name=WEB[0]))
    try:
        boxes.start("agents")
        eventually(boxes.answers, within=READY)
        _join(boxes)
        _settings(boxes)
        _run(town.gateway, "authority", "new", "--config", folder / "gateway.toml")
        box = Box(**_fields(internet))
        town.gateway.run("nft", "-f", "-", stdin=fresh(box))
        for program in programs or ("follow", "supervisor"):
            boxes.start(program)
        yield boxes
    finally:
        boxes.mend()
        for process in boxes.processes.values():
            end(process)
        town.gateway.run("nft", "delete table inet gatehouse", check=False)


def agree(boxes: TwoBoxes) -> None:
    facts = Facts(
        notice_url="https://larkmoor.test/notice",
        notice_published=date(2026, 1, 5),
        dpia="D1",
        retention_days=90,
        contacts=("Kim Reed <kim@larkmoor.test>", "Lee Ode <it@larkmoor.test>"),
    )
    with boxes.sessions().begin() as session:
        by = session.scalars(select(Reviewer)).first()
        school = organisations.get(session, SLUG)
        network_agreements.agree(session, school, PUPILS, facts, by, datetime.now(UTC))


def join(boxes: TwoBoxes, code: str, *more: object) -> None:
    draft = boxes.folder / "joining"
    draft.mkdir(exist_ok=True)
    _run(boxes.town.gateway, "join", "--appliance", FIRST, "--into", draft, *more, stdin=f"{code}\n")
    boxes.etc.mkdir(exist_ok=True)
    (boxes.folder / "gateway").mkdir(exist_ok=True)
    for file in draft.iterdir():
        file.replace(boxes.folder / "gateway" / file.name if file.name == "gateway.key" else boxes.etc / file.name)


def new_code(boxes: TwoBoxes, name: str = "second") -> str:
    now = datetime.now(UTC)
    with boxes.sessions().begin() as session:
        school = organisations.get(session, SLUG)
        code = second_gateways.new_code(session, school, name, timedelta(hours=1), "kim at the box", now)
    return codes.with_pin(code, authority(boxes.places.agents_authority, now).fingerprint)


def revoke(boxes: TwoBoxes, name: str = "second") -> None:
    with boxes.sessions().begin() as session:
        device = devices.in_use(session, organisations.get(session, SLUG).id, name)
        assert device is not None
        second_gateways.revoke(session, device, "kim at the box", datetime.now(UTC))


def _run(place: Place, *command: object, stdin: str = "") -> None:
    """A command of ours, as long as it takes."""
    words = ["ip", "netns", "exec", place.name, str(GATEHOUSE), *map(str, command)]
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, check=False, timeout=READY)
    assert done.returncode == 0, done.stderr


def _join(boxes: TwoBoxes) -> None:
    join(boxes, new_code(boxes))


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


def _file(program: str) -> str:
    return "gateway" if program == "supervisor" else program
