"""A second gateway's box as a machine: a bare Debian that joins a first box far out in the town as it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.box.bare_debian import RELEASES
from tests.box.first_box import FIRST, First, first_box
from tests.box.machine import ORIGIN_CA, Machine, bare_machine, in_a_folder, provision
from tests.box.origin import Origin
from tests.box.pupil import Pupil
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, GATEWAY_PUPILS6, Town
from tests.box.two_boxes import known

SHARED = "192.0.2.3"
"""With the first box, which is never there to take it."""
BOX = f"""
school = "Larkmoor School"
hostname = "gatehouse.larkmoor.test"
outside = "outside"
notice_url = "https://larkmoor.test/notice"
workers = 1
origin_ca = "/{ORIGIN_CA}"

[appliance]
address = "{FIRST}"
alone_hours = 1

[[network]]
name = "pupils"
interface = "pupils"
address = "{GATEWAY_PUPILS}/24"
address6 = "{GATEWAY_PUPILS6}/64"
shared = "{SHARED}"

[[network]]
name = "guests"
interface = "guests"
kind = "guest"
address = "{GATEWAY_GUESTS}/24"
"""
PROGRAMS = ("dns", "enrolment", "firewall", "follow", "gateway")


class Second(Machine):
    """It does not join before it runs: from there it has a way to the first."""

    def __init__(self, root: Path, town: Town, internet: Origin, first: First) -> None:
        super().__init__(root, town, PROGRAMS)
        self.first = first
        its_root = root / "etc/gatehouse/root.pem"
        self.pupil, self.guest = (Pupil(place, its_root, internet.ca) for place in (town.pupils, town.guests))

    @property
    def following(self) -> Path:
        """What it knows of the first."""
        return self.root / "var/lib/gatehouse/follow/known.json"

    def known(self) -> str:
        return known(self.following.parent)

    def join(self, *more: str) -> str:
        """By whoever sets it up, at the box."""
        code = self.root / "root/code"
        code.write_text(self.first.new_code())
        return self.box.run("gatehouse", "provision", "--code-file", "/root/code", *more, within=900).stdout

    def has_the_shared_address(self) -> bool:
        return f" {SHARED}/24 " in self.box.run("ip", "address", "show", "dev", "pupils").stdout

    def keepalived(self) -> str:
        """Its process, as the box counts; "0" while there is none."""
        return self.box.run("systemctl", "show", "--value", "--property=MainPID", "keepalived").stdout.strip()

    def said_of_the_first(self) -> str:
        return self.box.run("gatehouse", "network", "list").stdout


@contextmanager
def second_machine(town: Town, internet: Origin, folder: Path) -> Iterator[Second]:
    """Set up as far as it goes without a code, and started; the first's door is open, and nothing is agreed yet."""
    root, box = folder / "debian", folder / "box.toml"
    box.write_text(BOX)
    with bare_machine(root, RELEASES[0].suite, internet.ca):
        with in_a_folder(root):
            installed = provision(root, box)
        assert installed.returncode == 1, installed.stdout
        assert "a code is needed to join the first box" in installed.stdout
        with first_box(town, folder / "first") as first:
            made = Second(root, town, internet, first)
            try:
                yield made
            finally:
                made.off()
