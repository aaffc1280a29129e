"""A box that stands in the town: the gateway both ways at once, the enrolment page, and a browser that visits."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.nftables import ruleset
from tests.appliance.deadline import eventually
from tests.box.appliance import Reports, appliance
from tests.box.browser import CHROMIUM, WHOLE, browser
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, Place
from tests.box.pupil import curl
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, GATEWAY_PUPILS6, NAMES, WEB, Town

NEEDS = pytest.mark.skipif(
    not all(map(shutil.which, ("nft", "certutil", "curl"))) or not CHROMIUM.exists(),
    reason="needs nftables, certutil, curl and Chromium's headless shell",
)

NAME = "gatehouse.hill.test"
CHECK = f"trust-check.{NAME}"
HELPLINE = "www.childline.org.uk"
KNOWN = NAMES | dict.fromkeys((NAME, CHECK), (GATEWAY_PUPILS, GATEWAY_PUPILS6))
"""To the pupils' devices."""
TRUSTED = "This device trusts the school’s certificate."
PATIENCE = 180.0
"""Seconds for a program to start, on a machine that has much else to do."""
TRANSPARENT, PROXY = 8081, 9081
LISTENS = "gateway: listening on"
BOX = Box(
    school="Hill School",
    hostname=NAME,
    outside="outside",
    workers=1,
    network=(
        Network(name="pupils", interface="pupils", address="192.0.2.1/24", address6="2001:db8:1::1/64"),
        Network(name="guests", interface="guests", address="198.51.100.1/24", kind="guest", proxy=False),
    ),
)
GATEWAY = """
state = "{state}"
hostname = "{name}"
school = "Hill School"
listen_host = ""
modes = ["transparent@{transparent}", "regular@{proxy}"]
proxy_clients = ["192.0.2.0/24", "2001:db8:1::/64"]
console_hosts = ["{name}"]
origin_ca = "{ca}"
status_seconds = 0.2
{more}
[sensor]
appliance_url = "{url}"
token_file = "token"
public_key = "{key}"
outbox = "{state}/outbox.db"
bindings_cache = "{state}/bindings.json"
"""
ENROLMENT = """
school = "Hill School"
hostname = "{name}"
root = "state/authority/gatehouse-root.pem"
notice = "notice.txt"
{more}
[[network]]
name = "pupils"
address = "192.0.2.1/24"
address6 = "2001:db8:1::1/64"
[[network]]
name = "guests"
address = "198.51.100.1/24"
reads = "names"
proxy = false
[[contact]]
role = "Designated Safeguarding Lead"
name = "Priya Shah"
email = "dsl@hill.test"
telephone = "01632 960 001"
[[contact]]
role = "Network manager"
name = "Tom Baker"
email = "it@hill.test"
"""


@dataclass(frozen=True)
class Standing:
    """A box that stands in the town."""

    town: Town
    internet: Origin
    reports: Reports
    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "state" / "authority" / "gatehouse-root.pem"


@contextmanager
def standing(town: Town, internet: Origin, folder: Path) -> Iterator[Standing]:
    (folder / "token").write_text("a-token-for-tests")
    (folder / "token").chmod(0o600)
    (folder / "notice.txt").write_text("We read what goes through this network to keep you safe.")
    town.pupils.hosts(KNOWN)
    town.guests.hosts(NAMES | {NAME: GATEWAY_GUESTS, CHECK: GATEWAY_GUESTS})
    more = {"inside.test": "127.0.0.1", "door.test": "10.9.9.9", "elsewhere.test": WEB, HELPLINE: WEB}
    town.gateway.hosts(KNOWN | more)
    with ExitStack() as stack:
        reports = stack.enter_context(appliance(town.gateway, folder / "appliance"))
        made = Standing(town, internet, reports, folder)
        _firewall(town.gateway)
        stack.enter_context(gateway(made))
        stack.enter_context(_enrolment(made))
        yield made


def _firewall(place: Place) -> None:
    place.run("nft", "-f", "-", stdin=ruleset(BOX))
    for element in (
        f"workers {{ 0 : {TRANSPARENT} }}",
        f"proxies {{ 0 : {PROXY} }}",
        'reading { "pupils" }',
        'names_only { "guests" }',
    ):
        place.run("nft", f"add element inet gatehouse {element}")


@contextmanager
def gateway(
    box: Standing, state: str = "state", more: str = "", transparent: int = TRANSPARENT, proxy: int = PROXY
) -> Iterator[None]:
    text = GATEWAY.format(
        name=NAME,
        state=state,
        more=more,
        transparent=transparent,
        proxy=proxy,
        ca=box.internet.ca,
        url=box.reports.url,
        key=box.reports.public_key,
    )
    file = box.folder / f"{state}.toml"
    file.write_text(text)
    before = box.town.gateway.said().count(LISTENS)
    with box.town.gateway.running(GATEHOUSE, "gateway", "--config", file):
        eventually(lambda: box.town.gateway.said().count(LISTENS) >= before + 4, within=PATIENCE)
        yield


@contextmanager
def _enrolment(box: Standing, more: str = "") -> Iterator[None]:
    (box.folder / "enrolment.toml").write_text(ENROLMENT.format(name=NAME, more=more))
    with box.town.gateway.running(GATEHOUSE, "enrolment", "--config", box.folder / "enrolment.toml"):
        eventually(lambda: curl(box.town.pupils, f"http://{NAME}/", seconds=2).status == 200, within=PATIENCE)
        yield


@contextmanager
def visiting(
    box: Standing, home: Path, *trusted: Path, options: tuple[str, ...] = (), **context: object
) -> Iterator[Page]:
    program = WHOLE if options else CHROMIUM
    with browser(box.town.pupils, home, *trusted, program=program, options=options) as chromium:
        yield chromium.new_context(**context).new_page()


def picture(page: Page, name: str) -> None:
    """For whoever wants to see for themselves: GATEHOUSE_PICTURES names a folder."""
    if folder := os.environ.get("GATEHOUSE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
