"""Behind the firewall: origins with bad certificates, a client that lies, and the next intermediate for all workers."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.appliance.deadline import eventually
from tests.box.gateway_side import box, gateway_side
from tests.box.place import GATEHOUSE
from tests.box.pupil import curl
from tests.box.town import NAMES, PUPILS4
from tests.proxy_addons.upstream.issuing import DAY, Issuer

BAD = {
    "expired.test": ("203.0.113.20", "has expired"),
    "wrong.test": ("203.0.113.21", "belongs to another site"),
    "revoked.test": ("203.0.113.22", "was withdrawn"),
}
PERSON = ("-H", "Accept: text/html")


@pytest.fixture(scope="module")
def side(town, internet, town_folder):
    issuer = Issuer()
    internet.ca.write_bytes(internet.ca.read_bytes() + issuer.certificate.public_bytes(Encoding.PEM))
    pems = {host: town_folder / f"{host}.pem" for host in BAD}
    issuer.origin(pems["expired.test"], "expired.test", start=-5 * DAY, end=-DAY)
    issuer.origin(pems["wrong.test"], "right.test")
    revoked = issuer.origin(pems["revoked.test"], "revoked.test")
    (town_folder / "staple").write_bytes(issuer.staple(revoked))
    for host, (address, _) in BAD.items():
        town.internet.run("ip", "address", "add", f"{address}/24", "dev", "wan")
        more = ("-status_file", town_folder / "staple") if host == "revoked.test" else ()
        town.internet.start("openssl", "s_server", "-accept", f"{address}:443", "-cert", pems[host], "-www", *more)
    town.pupils.hosts(NAMES | {host: address for host, (address, _) in BAD.items()})
    with gateway_side(town, internet, town_folder / "gatehouse") as made:
        made.load(box())
        made.read("pupils")
        made.appliance()
        made.start()
        yield made


@pytest.mark.parametrize("host", BAD)
def test_a_person_is_told_and_a_program_gets_nothing(side, town, host):
    told = curl(town.pupils, f"https://{host}/", side.root, more=PERSON)
    assert (told.exit, told.status) == (0, 502)
    assert BAD[host][1] in told.body
    assert curl(town.pupils, f"https://{host}/", side.root).exit in (52, 92)  # closed, in HTTP/1.1 or HTTP/2


def test_all_workers_together_count_them_by_reason(side, town):
    curl(town.pupils, "https://expired.test/", side.root, address=PUPILS4[0])
    eventually(lambda: side.status().get("upstream", {}).get("expired"), within=60)
    assert side.status()["authority"]["root_key"] == "here"
    assert "expired.test" not in side.places.gateway_status.read_text()


def test_a_client_that_lies_is_refused_by_its_own_check_or_by_the_origins(side, town, internet):
    lie = ("--connect-to", "www.nhs.uk:443:web.test:443")
    checking = curl(town.pupils, "https://www.nhs.uk/lie", side.root, more=lie)
    assert (checking.exit, "subtree" in checking.said) == (60, True), checking
    lax = curl(town.pupils, "https://www.nhs.uk/lie", side.root, more=(*lie, "-k", *PERSON))
    assert lax.status == 502  # opened, and the host it came to is not the one it named
    assert not internet.asked("/lie")


def test_the_next_intermediate_is_taken_up_by_every_worker_and_no_connection_drops(side, town):
    addresses = [next(a for a in PUPILS4 if worker(side, town, a) == port) for port in side.slots().values()]
    before = {signer(side, town, address) for address in addresses}
    assert len(before) == 1
    going = town.pupils.start(
        "curl", "-sf", "--cacert", side.root, "-o", "/dev/null", "https://web.test/drip?seconds=20"
    )
    town.gateway.run(GATEHOUSE, "authority", "intermediate", "--config", side.config)
    for address in addresses:
        eventually(lambda address=address: signer(side, town, address) not in before, within=60)
        assert curl(town.pupils, "https://web.test/", side.root, address=address).exit == 0
    assert going.wait(60) == 0


def signer(side, town, address):
    """Key of what has signed the certificate this device is shown."""
    asked = (
        "openssl",
        "s_client",
        "-connect",
        "web.test:443",
        "-4",
        "-bind",
        f"{address}:0",
        "-servername",
        "web.test",
    )
    shown = town.pupils.run(*asked, stdin="", check=False).stdout
    text = town.pupils.run("openssl", "x509", "-noout", "-ext", "authorityKeyIdentifier", stdin=shown).stdout
    return text.split()[-1]


def worker(side, town, address):
    """The port this device's connections are led to."""
    going = town.pupils.start("curl", "-sk", "--interface", address, "https://web.test/drip?seconds=30")
    try:
        return eventually(lambda: led_to(side, address))
    finally:
        going.kill()
        going.wait()


def led_to(side, address):
    listed = side.town.gateway.run("ss", "-Htn", "state", "established", f"dst {address}").stdout.split()
    return int(listed[2].rpartition(":")[2]) if listed else None
