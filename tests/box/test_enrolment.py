"""What a device meets of the box, with a real browser: the page, the trust check, the PAC file, both ways at once."""

import os
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from appliance.provisioning.box import Box, Network
from appliance.provisioning.nftables import ruleset
from console.enrolment.systems import SYSTEMS
from tests.appliance.deadline import eventually
from tests.box.appliance import Reports, appliance
from tests.box.browser import CHROMIUM, WHOLE, browser
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, Place
from tests.box.pupil import curl
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, GATEWAY_PUPILS6, NAMES, PUPILS4, PUPILS6, WEB, Town

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("nft", "certutil", "curl"))) or not CHROMIUM.exists(),
    reason="needs nftables, certutil, curl and Chromium's headless shell",
)

NAME = "gatehouse.hill.test"
CHECK = f"trust-check.{NAME}"
HELPLINE = "www.childline.org.uk"
KNOWN = NAMES | dict.fromkeys((NAME, CHECK), (GATEWAY_PUPILS, GATEWAY_PUPILS6))
"""To the pupils' devices."""
TRUSTED = "This device trusts the school’s certificate."
NOT_YET = "Not yet: this device does not trust the school’s certificate."
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


@pytest.fixture(scope="module")
def box(town: Town, internet: Origin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("box")
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
        stack.enter_context(_gateway(made))
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
def _gateway(
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


SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("trusts", "said", "other"), [(True, TRUSTED, NOT_YET), (False, NOT_YET, TRUSTED)])
def test_the_page_says_whether_the_device_is_set_up(box, tmp_path, size, trusts, said, other):
    with visiting(box, tmp_path / "home", *([box.root] if trusts else []), viewport=SIZES[size]) as page:
        page.goto(f"http://{NAME}/")
        expect(page.locator("#state").get_by_text(said)).to_be_visible()
        expect(page.locator("#state").get_by_text(other)).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
        picture(page, f"{'trusted' if trusts else 'not-yet'}-{size}")


@pytest.mark.parametrize("trusts", [True, False])
def test_it_says_so_without_scripts_too(box, tmp_path, trusts):
    trusted = [box.root] if trusts else []
    with visiting(box, tmp_path / "home", *trusted, viewport=SIZES["phone"], java_script_enabled=False) as page:
        page.goto(f"http://{NAME}/")
        page.wait_for_load_state("networkidle")
        assert page.locator("object").get_by_text(NOT_YET).is_visible() is not trusts
        picture(page, f"{'trusted' if trusts else 'not-yet'}-without-scripts")


def test_a_device_that_asks_another_name_server_is_told(box, tmp_path):
    box.town.pupils.hosts(NAMES | {NAME: GATEWAY_PUPILS})
    try:
        with visiting(box, tmp_path / "home", box.root) as page:
            page.goto(f"http://{NAME}/")
            expect(page.get_by_text("Whether this device is set up cannot be told.")).to_be_visible()
            picture(page, "unknown")
    finally:
        box.town.pupils.hosts(KNOWN)


def test_a_browser_that_tries_https_first_comes_to_the_page(box, tmp_path):
    with visiting(box, tmp_path / "home", box.root) as page:
        page.goto(f"https://{NAME}/set-up")
        assert page.url == f"http://{NAME}/"


def test_in_a_network_of_which_only_names_are_counted_nothing_has_to_be_set_up(box):
    assert "Nothing has to be set up on it" in curl(box.town.guests, f"http://{NAME}/").body
    assert "PROXY" not in curl(box.town.guests, f"http://{NAME}/wpad.dat").body


def test_all_instructions_fit_a_phone_and_break_no_rule_of_their_own(box, tmp_path):
    complaints: list[str] = []
    with visiting(box, tmp_path / "home", box.root, viewport={"width": 320, "height": 640}) as page:
        page.on("console", lambda message: complaints.append(message.text))
        for path in ("set-up", "sheet", "notice", "nowhere", *(f"set-up/{system.key}" for system in SYSTEMS)):
            page.goto(f"http://{NAME}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            picture(page, path.replace("/", "-"))
    assert [said for said in complaints if "404" not in said] == []


def test_devices_are_set_up_before_anything_is_read(box, tmp_path):
    box.town.gateway.run("nft", "flush set inet gatehouse reading")
    try:
        assert curl(box.town.pupils, f"https://{CHECK}/state.json", box.root).body == '{"trusted": true}'
        assert curl(box.town.pupils, "https://web.test/", box.internet.ca).exit == 0
    finally:
        box.town.gateway.run("nft", 'add element inet gatehouse reading { "pupils" }')


@pytest.mark.parametrize("address", [PUPILS4[4], PUPILS6[4]])
def test_it_is_there_over_ipv6_too(box, address):
    assert "The school reads" in curl(box.town.pupils, f"http://{NAME}/", address=address).body
    check = curl(box.town.pupils, f"https://{CHECK}/state.json", box.root, address=address)
    assert check.body == '{"trusted": true}'
    assert curl(box.town.pupils, f"https://{CHECK}/state.json", box.internet.ca, address=address).exit == 60


def through_proxy(box, url, *more, address=PUPILS4[0], trusted=None):
    proxy = ("--proxy", f"http://{GATEWAY_PUPILS}:3128", "--noproxy", "", *more)
    return curl(box.town.pupils, url, trusted or box.root, address=address, more=proxy)


def test_both_ways_at_once_know_which_device_it_was(box):
    search = "https://search.test/search?q=i+want+to+hurt+myself+{}"
    assert curl(box.town.pupils, search.format("unasked"), box.root, address=PUPILS4[1]).exit == 0
    assert through_proxy(box, search.format("asked"), address=PUPILS4[2]).exit == 0
    assert box.reports.of("i want to hurt myself unasked")["address"] == PUPILS4[1]
    assert box.reports.of("i want to hurt myself asked")["address"] == PUPILS4[2]


def test_what_is_never_opened_is_not_opened_through_the_proxy_either(box):
    said = through_proxy(box, f"https://{HELPLINE}/", "-k", "-w", "%{stderr}%{certs}%{json}").said
    assert "Sample web authority" in said
    assert "Gatehouse" not in said


@pytest.mark.parametrize(
    "url", ["http://inside.test/", "http://127.0.0.1:9081/", "http://door.test/", "http://192.0.2.1:8443/"]
)
def test_nothing_of_the_box_and_nothing_near_it_is_reached_through_the_proxy(box, url):
    assert through_proxy(box, url).status in (403, 502)


def test_other_ports_than_the_webs_are_refused(box):
    assert "403" in through_proxy(box, "https://web.test:22/").said
    assert through_proxy(box, "http://web.test:25/").status == 403


def test_the_boxs_own_page_is_reached_through_the_proxy_too(box):
    assert "The school reads" in through_proxy(box, f"http://{NAME}/").body
    assert through_proxy(box, f"https://{CHECK}/state.json").body == '{"trusted": true}'


def test_a_network_without_a_proxy_has_none(box):
    refused = curl(
        box.town.guests, "http://web.test/", more=("--proxy", f"http://{GATEWAY_GUESTS}:3128", "--noproxy", "")
    )
    assert refused.exit == 7


def test_a_device_that_asks_whether_it_is_online_gets_the_answer_of_who_it_asked(box):
    box.internet.put("/hotspot-detect.html", "<BODY>Success</BODY>")
    for asked in (
        curl(box.town.pupils, "http://web.test/hotspot-detect.html"),
        through_proxy(box, "http://web.test/hotspot-detect.html"),
    ):
        assert (asked.status, asked.body) == (200, "<BODY>Success</BODY>")


PAC = (f"--proxy-pac-url=http://{NAME}/proxy.pac",)
ELSEWHERE = "http://elsewhere.test/"
"""A name that the gateway can find and pupils cannot: only who asks the proxy comes there."""


def test_a_browser_with_the_pac_file_asks_the_proxy_and_reaches_the_box_straight(box, tmp_path):
    with visiting(box, tmp_path / "home", box.root, options=PAC) as page:
        page.goto(ELSEWHERE)
        assert "Welcome to elsewhere.test" in page.content()
        page.goto("https://web.test/")
        assert "Welcome to web.test" in page.content()
        page.goto(f"http://{NAME}/")
        expect(page.get_by_text(TRUSTED)).to_be_visible()


@contextmanager
def _without_proxy(box: Standing) -> Iterator[None]:
    box.town.gateway.run("nft", "delete element inet gatehouse proxies { 0 }")
    try:
        yield
    finally:
        box.town.gateway.run("nft", f"add element inet gatehouse proxies {{ 0 : {PROXY} }}")


def test_while_no_worker_answers_a_browser_goes_straight_where_it_may(box, tmp_path):
    with _without_proxy(box), visiting(box, tmp_path / "home", box.root, options=PAC) as page:
        page.goto("https://web.test/")
        assert "Welcome to web.test" in page.content()
        with pytest.raises(Error, match="ERR_"):
            page.goto(ELSEWHERE)


def test_and_where_it_may_not_it_goes_nowhere(box, tmp_path):
    closed = curl(box.town.pupils, f"http://{NAME}/proxy.pac").body.replace("; DIRECT", "")
    packed = b64encode(closed.encode()).decode()
    options = (f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{packed}",)
    with _without_proxy(box), visiting(box, tmp_path / "home", box.root, options=options) as page:
        with pytest.raises(Error, match="ERR_PROXY_CONNECTION_FAILED"):
            page.goto("https://web.test/")
        another = page.context.new_page()
        another.goto(f"http://{NAME}/")
        expect(another.get_by_text(TRUSTED)).to_be_visible()


def test_people_are_known_by_their_sign_in_where_the_school_wants_one(box, tmp_path):
    accounts = box.folder / "accounts"
    made = box.town.gateway.run(GATEHOUSE, "proxy-account", "add", "robin", "--person", "p-17", "--file", accounts)
    login, password = made.stdout.split()
    more = f'proxy_accounts = "{accounts}"'
    server = f"http://{GATEWAY_PUPILS}:3128"
    with _gateway(box, "signed", more, 8082, 9082), _proxy_at(box, 9082):
        root = box.folder / "signed" / "authority" / "gatehouse-root.pem"
        assert "407" in through_proxy(box, "https://web.test/", trusted=root).said
        signed = {"proxy": {"server": server, "username": login, "password": password}}
        with visiting(box, tmp_path / "home", root, **signed) as page:
            page.goto("https://search.test/search?q=i+want+to+hurt+myself+signed")
        who = box.reports.of("i want to hurt myself signed")
        assert (who["people"], who["source"]) == ("p-17", "proxy-sign-in")
        over_tls = {"proxy": {"server": f"https://{NAME}:3128", "username": login, "password": password}}
        with visiting(box, tmp_path / "another-home", root, **over_tls) as page:
            page.goto("https://search.test/search?q=i+want+to+hurt+myself+unseen")
        assert box.reports.of("i want to hurt myself unseen")["people"] == "p-17"


@contextmanager
def _proxy_at(box: Standing, port: int) -> Iterator[None]:
    with _without_proxy(box):
        box.town.gateway.run("nft", f"add element inet gatehouse proxies {{ 0 : {port} }}")
        try:
            yield
        finally:
            box.town.gateway.run("nft", "delete element inet gatehouse proxies { 0 }")
