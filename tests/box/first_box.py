"""The first of two boxes, far out in the town: its appliance behind its door, and what people there decide."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices, network_agreements, organisations, store
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.gateways import second_gateways
from appliance.models import Reviewer
from appliance.network_agreements import Facts
from appliance.provisioning.box_network import Network
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.settings_files import SLUG
from detection import canary
from tests.appliance.deadline import eventually
from tests.box.place import GATEHOUSE, end
from tests.box.pupil import curl
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, WEB, Town

PUPILS = Network(name="pupils", interface="pupils", address=f"{GATEWAY_PUPILS}/24")
GUESTS = Network(name="guests", interface="guests", address=f"{GATEWAY_GUESTS}/24", kind="guest")
READY = 300.0
"""Seconds for a program to answer where much else goes on; the supervisor begins anew with a worker meanwhile."""
FIRST = f"https://{WEB[0]}:8446"
AGENTS = """
database = "{places.database}"
vault = "{places.vault}"
private_key = "{places.private_key}"
library_key = "{places.library_private_key}"
canary_key = "{places.folder}/canary.key"
authority = "{places.agents_authority}"
names = ["{name}"]
host = "{name}"
"""
CUT = "table inet cut { chain in { type filter hook input priority 0; tcp dport 8446 drop; }; }"
FACTS = Facts(
    notice_url="https://larkmoor.test/notice",
    notice_published=date(2026, 1, 5),
    dpia="D1",
    retention_days=90,
    contacts=("Kim Reed <kim@larkmoor.test>", "Lee Ode <it@larkmoor.test>"),
)
BY = "kim at the box"


@dataclass
class First:
    town: Town
    places: Places
    _door: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """A door that is open is left alone."""
        if self._door is None or self._door.poll() is not None:
            config = self.places.folder / "agents.toml"
            self._door = self.town.internet.start(GATEHOUSE, "agents", "--config", config)

    def kill(self) -> None:
        """Outright, whatever it was doing."""
        assert self._door is not None
        os.killpg(self._door.pid, 9)
        self._door.wait()

    def close(self) -> None:
        self.mend()
        if self._door:
            end(self._door)

    def answers(self) -> bool:
        """The second box, where it asks."""
        return curl(self.town.gateway, f"{FIRST}/agent/authority", seconds=5, more=("--insecure",)).status == 200

    def cut(self) -> None:
        """Off from everybody: nothing is refused, and nothing comes back."""
        self.town.internet.run("nft", CUT)

    def mend(self) -> None:
        self.town.internet.run("nft", "delete table inet cut", check=False)

    def sessions(self) -> sessionmaker[Session]:
        return store.sessions(self.places.database, busy_seconds=60)  # its door writes all the time

    def captures(self, word: str) -> int:
        with closing(sqlite3.connect(self.places.folder / "gatehouse.db")) as db:
            return int(db.execute("SELECT count(*) FROM captures WHERE text LIKE ?", (f"%{word}%",)).fetchone()[0])

    def agree(self, network: Network = PUPILS) -> None:
        with self.sessions().begin() as session:
            by, school = session.scalars(select(Reviewer)).all()[0], organisations.get(session, SLUG)
            network_agreements.agree(session, school, network, FACTS, by, datetime.now(UTC))

    def sign(self, network: Network) -> None:
        with self.sessions().begin() as session:
            by, school = session.scalars(select(Reviewer)).all()[0], organisations.get(session, SLUG)
            network_agreements.sign(session, school, network, "An open day.", by, datetime.now(UTC))

    def new_code(self, name: str = "second") -> str:
        return new_code(self.sessions(), SLUG, name, self.places.agents_authority)

    def revoke(self, name: str = "second") -> None:
        with self.sessions().begin() as session:
            device = devices.in_use(session, organisations.get(session, SLUG).id, name)
            assert device is not None
            second_gateways.revoke(session, device, BY, datetime.now(UTC))


def new_code(sessions: sessionmaker[Session], school: str, name: str, agents_authority: Path) -> str:
    """With which a second gateway joins, as somebody at the first box has it made."""
    now = datetime.now(UTC)
    with sessions.begin() as session:
        its = organisations.get(session, school)
        code = second_gateways.new_code(session, its, name, timedelta(hours=1), BY, now)
    return codes.with_pin(code, authority(agents_authority, now).fingerprint)


@contextmanager
def first_box(town: Town, folder: Path) -> Iterator[First]:
    """With its door open; nothing is agreed yet."""
    places = Places(folder)
    places.make()
    prepare(places, datetime.now(UTC))
    canary.new_key(places.folder / "canary.key")
    (places.folder / "agents.toml").write_text(AGENTS.format(places=places, name=WEB[0]))
    first = First(town, places)
    try:
        first.start()
        eventually(first.answers, within=READY)
        yield first
    finally:
        first.close()
