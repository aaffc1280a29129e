"""Names in the town: what the box's resolver says and hides, what goes past the proxy by it, who is not believed."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from appliance.provisioning import dedicated, encrypted_resolvers
from appliance.provisioning.box import Box, Network
from appliance.provisioning.dnsmasq import dnsmasq
from appliance.provisioning.nftables import ruleset
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.settings_files import Ports, write_settings
from tests.appliance.deadline import eventually
from tests.box.ask import AAAA, ANY, HTTPS, NO_SUCH_NAME, SVCB, TXT, A, ask
from tests.box.far_hosts import LIAR, NAMES, OUTER, SHARED, SPOKEN, far_hosts
from tests.box.hidden_hello import https_record
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, Place
from tests.box.pupil import Fetched, curl
from tests.box.town import (
    GATEWAY_GUESTS,
    GATEWAY_GUESTS6,
    GATEWAY_PUPILS,
    GATEWAY_PUPILS6,
    PUPILS4,
    PUPILS6,
    WEB,
    Town,
)

UPSTREAM, WORKER = WEB[0], 8081
ECH = https_record(OUTER)
BOX = Box(
    school="Larkmoor School",
    hostname="gatehouse.larkmoor.test",
    outside="outside",
    resolvers=(UPSTREAM,),
    workers=1,
    network=(
        Network(
            name="pupils",
            interface="pupils",
            address=f"{GATEWAY_PUPILS}/24",
            address6=f"{GATEWAY_PUPILS6}/64",
            tunnels="block",
        ),
        Network(
            name="guests",
            interface="guests",
            address=f"{GATEWAY_GUESTS}/24",
            address6=f"{GATEWAY_GUESTS6}/64",
            kind="guest",
        ),
    ),
)

NOTED = ("tcpdump", "--immediate-mode", "-U", "-i", "lan", "-w")
RIGHTS = "-all,+net_admin,+net_bind_service"
AS_ITS_UNIT = (
    *("setpriv", "--reuid=dnsmasq", "--regid=nogroup", "--clear-groups", "--no-new-privs"),
    *(f"--inh-caps={RIGHTS}", f"--ambient-caps={RIGHTS}", f"--bounding-set={RIGHTS}"),
)


@dataclass
class Side:
    town: Town
    far: Origin
    places: Places

    def fetch(self, url: str, *trusted: Path, address: str = PUPILS4[0], more: tuple[str, ...] = ()) -> Fetched:
        return curl(self.town.pupils, url, *trusted, address=address, more=more)

    def passed(self) -> int:
        """Connections that went past the proxy."""
        listed = self.town.gateway.run("nft", "-j", "list", "counter", "inet", "gatehouse", "pupils-passed").stdout
        return int(next(each["counter"]["packets"] for each in json.loads(listed)["nftables"] if "counter" in each))

    def tunnels(self) -> list[list[Any]]:
        """Devices with a way round the box: address, protocol, port."""
        listed = self.town.gateway.run("nft", "-j", "list", "set", "inet", "gatehouse", "tunnels4").stdout
        found = next(each["set"] for each in json.loads(listed)["nftables"] if "set" in each)
        return [each["elem"]["val"]["concat"] for each in found.get("elem", [])]

    def counts(self) -> Counter[str]:
        """Of the worker, from a status begun after now: "flows", "bypassed.health"."""
        begun = datetime.now(UTC).isoformat()
        status = eventually(lambda: self._status(begun))
        groups = {group: status.get(group, {}) for group in ("unread", "bypassed", "faults", "undecryptable")}
        flat = {f"{group}.{key}": number for group, numbers in groups.items() for key, number in numbers.items()}
        return Counter(flat | {key: value for key, value in status.items() if type(value) is int})

    def more(self, before: Counter[str]) -> dict[str, int]:
        """What has risen since: what a client did to the worker."""
        risen = self.counts() - before
        return {key: risen[key] for key in risen if not key.endswith("bytes")}

    def _status(self, since: str) -> dict[str, Any]:
        status: dict[str, Any] = json.loads(self.places.gateway_status.read_text())
        return status if status["at"] > since else {}


@pytest.fixture(scope="module", name="side")
def _side(town: Town, town_folder: Path) -> Iterator[Side]:
    with far_hosts(town, town_folder / "far") as far, upstream(town.internet, town_folder), resolver(town):
        rules = ruleset(BOX, dedicated.all_ranges(), encrypted_resolvers.all_addresses())
        town.gateway.run("nft", "-f", "-", stdin=rules)
        town.gateway.run("nft", "add", "element", "inet", "gatehouse", "reading", "{ pupils }")
        with worker(town, town_folder / "gateway", far) as places:
            town.gateway.run("nft", "add", "element", "inet", "gatehouse", "workers", f"{{ 0 : {WORKER} }}")
            town.pupils.hosts({})
            town.pupils.resolvers(GATEWAY_PUPILS)
            yield Side(town, far, places)


@contextmanager
def upstream(place: Place, folder: Path, address: str = UPSTREAM) -> Iterator[None]:
    """The internet's resolver."""
    lines = ["no-resolv", "no-hosts", "pid-file=", "bind-dynamic", f"listen-address={address}", "local-ttl=60"]
    lines += [f"host-record={name},{address}" for name, addresses in NAMES.items() for address in addresses]
    lines += ["txt-record=hidden.test,hello", "host-record=dns.google,8.8.8.8"]
    lines += [f"dns-rr=hidden.test,{kind},{ECH}" for kind in (HTTPS, SVCB)]
    lines += ["host-record=use-application-dns.net,192.0.2.99", "host-record=mask.icloud.com,192.0.2.99"]
    file = folder / "upstream.conf"
    file.write_text("\n".join([*lines, "address=/test/"]) + "\n")
    with place.running("dnsmasq", "--keep-in-foreground", f"--conf-file={file}", "--log-facility=-"):
        eventually(lambda: "started, version" in place.said())
        yield


@contextmanager
def resolver(town: Town) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="gatehouse-box-") as folder:
        Path(folder).chmod(0o755)  # for its own user, which may not look into a test's folders
        file = Path(folder) / "dnsmasq.conf"
        file.write_text(dnsmasq(BOX))
        started = ("dnsmasq", "--keep-in-foreground", f"--conf-file={file}", "--log-facility=-")
        with town.gateway.running(*AS_ITS_UNIT, *started) as process:
            eventually(lambda: "started, version" in town.gateway.said() or process.poll() is not None)
            assert process.poll() is None, town.gateway.said()
            yield


@contextmanager
def worker(town: Town, folder: Path, far: Origin) -> Iterator[Places]:
    places = Places(folder)
    places.make()
    prepare(places, datetime.now(UTC))
    write_settings(places, Ports(console=9, proxy=WORKER, appliance=9, agents=9), {}, far.ca)
    config = places.settings("gateway")
    top = ['listen_host = ""', 'modes = ["transparent"]', f'resolvers = ["127.0.0.1", "{UPSTREAM}"]']
    top += [f'undecryptable = {{ "192.0.2.0/24" = "pass", "{PUPILS4[1]}/32" = "block" }}']
    text = config.read_text().replace("status_seconds = 1.0", "status_seconds = 0.2")
    config.write_text("\n".join(top) + f"\n{text}")
    with town.gateway.running(GATEHOUSE, "gateway", "--config", config) as process:
        eventually(lambda: "gateway: listening" in town.gateway.said() or process.poll() is not None, within=90)
        assert process.poll() is None, town.gateway.said()
        yield places


@pytest.mark.parametrize("name", ["use-application-dns.net", "mask.icloud.com", "mask-h2.icloud.com", "dns.google"])
def test_what_would_lead_lookups_past_the_box_is_said_not_to_exist(side, name):
    assert ask(side.town.internet, UPSTREAM, name).code == (0 if name != "mask-h2.icloud.com" else 5)
    for kind in (A, AAAA, HTTPS):
        assert ask(side.town.pupils, GATEWAY_PUPILS, name, kind).code == NO_SUCH_NAME


def test_the_box_offers_no_encrypted_resolver_of_its_own(side):
    assert ask(side.town.pupils, GATEWAY_PUPILS, "_dns.resolver.arpa", SVCB).records == []


def test_records_that_lead_to_encrypted_hellos_are_removed_whole_and_nothing_else(side):
    kinds = {kind for kind, _ in ask(side.town.internet, UPSTREAM, "hidden.test", ANY).records}
    assert {A, TXT, SVCB, HTTPS} <= kinds
    for kind in (HTTPS, SVCB):
        assert ask(side.town.pupils, GATEWAY_PUPILS, "hidden.test", kind).records == []
    answered = ask(side.town.pupils, GATEWAY_PUPILS, "hidden.test", ANY)
    assert {kind for kind, _ in answered.records} == {A, TXT}


def browse(place: Place, folder: Path) -> str:
    """Chromium, asking the resolver of the place itself, as it does on other systems."""
    asks = "--enable-features=AsyncDns,UseDnsHttpsSvcb"
    quiet = ("--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", asks)
    return place.run("chromium", *quiet, f"--user-data-dir={folder}", "--dump-dom", "https://hidden.test/").stdout


def test_a_browser_hides_the_name_of_a_site_from_the_internet_and_not_from_the_box(side, tmp_path):
    called = side.far.folder / "called"
    side.town.internet.resolvers(UPSTREAM)
    side.town.internet.hosts({})
    browse(side.town.internet, tmp_path / "outside")
    assert called.read_text().splitlines()[0] == OUTER
    called.unlink()
    before = side.counts()
    assert "found it" in browse(side.town.pupils, tmp_path / "inside")
    assert set(called.read_text().splitlines()) == {"hidden.test"}
    assert side.more(before)["flows"] >= 1


def test_a_browser_that_knows_the_key_all_the_same_is_read_under_the_name_it_gives_then(side, tmp_path):
    """It was given the record elsewhere, or by a resolver that nobody knows."""
    before, pupils, packets = side.counts(), side.town.pupils, tmp_path / "packets"
    with upstream(pupils, tmp_path, "127.0.0.1"), pupils.running(*NOTED, packets):
        eventually(lambda: packets.exists() and packets.stat().st_size)
        pupils.resolvers("127.0.0.1")
        try:
            assert "found it" in browse(pupils, tmp_path / "knowing")
        finally:
            pupils.resolvers(GATEWAY_PUPILS)
        eventually(lambda: b"hidden.test" in packets.read_bytes())
    sent = packets.read_bytes()
    assert 0 < sent.find(OUTER.encode()) < sent.find(b"hidden.test")
    assert side.more(before)["flows"] >= 1


def test_a_pupil_who_asks_another_resolver_is_answered_by_the_box(side):
    assert ask(side.town.pupils, UPSTREAM, "hidden.test", HTTPS).records == []
    assert ask(side.town.pupils, UPSTREAM, "use-application-dns.net").code == NO_SUCH_NAME


@pytest.mark.parametrize(
    "name", ["gatehouse.larkmoor.test", "trust-check.gatehouse.larkmoor.test", "wpad.larkmoor.test"]
)
def test_the_boxs_own_names_are_its_address_in_the_network_of_whoever_asks(side, name):
    assert ask(side.town.pupils, GATEWAY_PUPILS, name).addresses == [GATEWAY_PUPILS]
    assert ask(side.town.guests, GATEWAY_GUESTS, name).addresses == [GATEWAY_GUESTS]
    assert ask(side.town.pupils, GATEWAY_PUPILS, name, AAAA).records == []


def test_nobody_outside_is_answered(side):
    asked = side.town.internet.python(
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1)\n"
        "s.sendto(bytes(12), ('203.0.113.1', 53)); s.recv(1)",
        check=False,
    )
    assert "timed out" in asked.stderr or "refused" in asked.stderr


@pytest.mark.parametrize("address", [PUPILS4[0], PUPILS6[0]])
def test_a_never_opened_host_at_its_own_address_goes_past_the_proxy(side, address):
    before, passed = side.counts(), side.passed()
    got = side.fetch(f"https://1-courier.push.apple.com/past?{address}", side.far.ca, address=address)
    assert (got.exit, got.status) == (0, 404)
    assert side.far.asked(f"/past?{address}")
    assert side.passed() == passed + 1
    assert side.more(before) == {}


def test_a_passed_name_at_a_shared_address_is_not_passed_and_left_closed_by_a_worker(side):
    before, passed = side.counts(), side.passed()
    assert side.fetch("https://gs.apple.com/", side.far.ca).exit == 0
    assert side.passed() == passed
    assert side.more(before) == {"bypassed.device-service": 1}


def test_another_host_at_the_address_of_a_passed_name_is_read(side):
    assert ask(side.town.pupils, GATEWAY_PUPILS, "gs.apple.com").addresses == [SHARED]
    before = side.counts()
    got = side.fetch("https://shared.test/", side.places.root)
    assert (got.exit, got.body) == (0, "<p>Welcome to shared.test</p>")
    assert side.more(before) == {"flows": 1}


def test_a_client_that_goes_where_it_says_is_not_read(side):
    before = side.counts()
    assert side.fetch("https://www.nhs.uk/", side.far.ca).exit == 0
    assert side.more(before) == {"bypassed.health": 1}


@pytest.mark.parametrize("said", ["www.nhs.uk", "1-courier.push.apple.com"])
def test_a_client_that_says_a_host_which_is_elsewhere_is_read(side, said):
    """Also where the host it says would go past the proxy. It takes any certificate: none is made for a bank or a
    health service that a device would believe."""
    before, passed = side.counts(), side.passed()
    got = side.fetch(f"https://{said}/", more=("--insecure", "--connect-to", f"::{LIAR}:443"))
    assert (got.exit, got.body) == (0, f"<p>Welcome to {said}</p>")
    assert side.more(before) == {"flows": 1, "disagreed": 1}
    assert side.passed() == passed


def test_what_is_neither_tls_nor_the_web_is_answered_by_the_clients_network(side):
    talk = (
        "import socket, sys; s = socket.create_connection((sys.argv[1], 443), 10, (sys.argv[2], 0))\n"
        "s.sendall(b'SSH-2.0-Larkmoor\\r\\n'); print(s.recv(100))"
    )
    before = side.counts()
    answers = [side.town.pupils.python(talk, SPOKEN, pupil).stdout.strip() for pupil in PUPILS4[:2]]
    assert answers == ["b'You said: SSH-2.0-Larkmoor\\r\\n'", "b''"]
    assert side.more(before) == {"undecryptable.not-tls": 2, "undecryptable_block": 1}


@pytest.mark.parametrize("port", [443, 853])
def test_a_resolver_of_others_asked_by_its_address_is_named_for_the_device_and_no_worker_sees_it(side, port):
    before = side.counts()
    reached = side.town.pupils.python(
        "import socket, sys; socket.create_connection(('9.9.9.9', int(sys.argv[1])), 10, (sys.argv[2], 0))",
        *(port, PUPILS4[4]),
        check=False,
    )
    assert "ConnectionRefusedError" in reached.stderr
    assert [PUPILS4[4], "tcp", port] in side.tunnels()
    assert side.more(before) == {}
