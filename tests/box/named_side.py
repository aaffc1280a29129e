"""A box's resolver in the town, with the internet's resolver and hosts behind it and one worker that reads."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from appliance.provisioning import dedicated, encrypted_resolvers
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.dnsmasq import dnsmasq
from appliance.provisioning.nftables import ruleset
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.settings_files import Ports, write_settings
from tests.appliance.deadline import eventually
from tests.box.ask import HTTPS, SVCB
from tests.box.far_hosts import NAMES, OUTER, far_hosts
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


@contextmanager
def named_side(town: Town, folder: Path) -> Iterator[Side]:
    with far_hosts(town, folder / "far") as far, upstream(town.internet, folder), resolver(town):
        rules = ruleset(BOX, dedicated.all_ranges(), encrypted_resolvers.all_addresses())
        town.gateway.run("nft", "-f", "-", stdin=rules)
        town.gateway.run("nft", "add", "element", "inet", "gatehouse", "reading", "{ pupils }")
        with worker(town, folder / "gateway", far) as places:
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
