"""Pupils' connections are read by the workers behind the firewall, and what is not to be read passes untouched."""

from urllib.parse import quote

import pytest

from tests.appliance.deadline import eventually
from tests.box.gateway_side import box, gateway_side
from tests.box.pupil import curl
from tests.box.town import GATEWAY_PUPILS, GUESTS4, PUPILS4, PUPILS6, WEB

NETWORK = "203.0.113.0/24"


@pytest.fixture(scope="module")
def running(town, internet, town_folder):
    with gateway_side(town, internet, town_folder / "gatehouse") as made:
        made.load(box())
        made.appliance()
        made.start()
        yield made


@pytest.fixture
def side(running):
    """As after provisioning and the agreement to read the pupils' network."""
    running.load(box())
    running.nft(
        "flush set inet gatehouse paused\nflush set inet gatehouse passed4\nflush set inet gatehouse names_only"
    )
    running.read("pupils")
    return running


def is_read(place, side, url="https://web.test/", address=None):
    """Whether it was the gateway that signed what curl was shown, or the origin."""
    by_gateway = curl(place, url, side.root, address=address)
    by_origin = curl(place, url, side.internet.ca, address=address)
    assert {by_gateway.exit, by_origin.exit} == {0, 60}, (by_gateway, by_origin)
    return by_gateway.exit == 0


@pytest.mark.parametrize("url", ["https://web.test/", f"https://{WEB[0]}/", f"https://[{WEB[1]}]/", "https://h2.test/"])
def test_what_comes_over_tls_is_read(side, town, url):
    assert is_read(town.pupils, side, url)


def test_http_is_read_in_both_families(side, town):
    for address in (PUPILS4[0], PUPILS6[0]):
        before = flows(side)
        assert "Welcome" in curl(town.pupils, "http://web.test/", address=address).body
        eventually(lambda before=before: flows(side) > before)


def flows(side):
    return side.status().get("flows", 0)


@pytest.mark.parametrize("address", [PUPILS4[1], PUPILS6[1]])
def test_what_a_pupil_writes_arrives_at_the_appliance(side, town, address):
    """Over the network, through the firewall, a worker and its outbox, with the device it came from."""
    word = f"marker{address.replace('.', '').replace(':', '')}"
    url = f"https://search.test/?q={quote(f'i want to hurt myself {word}')}"
    assert curl(town.pupils, url, side.root, address=address, more=("-H", "Accept: text/html")).exit == 0
    (capture,) = eventually(lambda: side.captured(word), within=60)
    assert address in str(capture)


def test_a_pupils_tunnel_arrives_there_too(side, town):
    """The firewall names it, the supervisor tells a worker, whose outbox delivers it."""
    ask = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'hello', ('203.0.113.10', 51820))"
    town.pupils.python(ask)
    (capture,) = eventually(lambda: side.captured("wireguard"), within=60)
    assert "bypass" in str(capture)
    assert PUPILS4[0] in str(capture)


def test_a_network_that_has_not_agreed_to_be_read_passes(side, town):
    assert not is_read(town.guests, side, address=GUESTS4[0])
    side.read()
    assert not is_read(town.pupils, side)


def test_of_a_network_for_names_only_nothing_is_read(side, town):
    side.read("pupils", "guests")
    assert is_read(town.guests, side)
    side.nft('add element inet gatehouse names_only { "guests" }')
    assert not is_read(town.guests, side)


def test_a_pause_ends_by_itself(side, town):
    side.nft('add element inet gatehouse paused { "pupils" timeout 3s }')
    assert not is_read(town.pupils, side)
    eventually(lambda: not side.elements("set", "paused"))
    assert is_read(town.pupils, side)


def test_only_a_share_of_devices_is_read_and_always_the_same(side, town):
    side.load(box(pupils={"percent": 50}))
    first = [is_read(town.pupils, side, address=address) for address in PUPILS4]
    assert 0 < sum(first) < len(first)
    side.load(box(pupils={"percent": 50}))
    assert [is_read(town.pupils, side, address=address) for address in PUPILS4] == first
    side.load(box(pupils={"percent": 0}))
    assert not is_read(town.pupils, side)


def test_only_a_passed_address_that_is_also_a_dedicated_one_goes_past(side, town):
    side.nft(f"add element inet gatehouse passed4 {{ {WEB[0]} }}")
    assert is_read(town.pupils, side, address=PUPILS4[0])
    side.load(box(), NETWORK)
    before = side.counter("pupils-passed")
    assert not is_read(town.pupils, side, address=PUPILS4[0])
    assert side.counter("pupils-passed") == before + 2
    side.nft("flush set inet gatehouse passed4")
    assert is_read(town.pupils, side, address=PUPILS4[0])


QUIC = (
    "import socket, sys, time; family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET\n"
    "asking = socket.socket(family, socket.SOCK_DGRAM); asking.settimeout(5); asking.connect((sys.argv[1], 443))\n"
    "began = time.monotonic(); asking.send(b'hello')\n"
    "try: asking.recv(100)\n"
    "except OSError as e: print(type(e).__name__, time.monotonic() - began < 0.5)"
)


def test_quic_is_refused_at_once_where_the_web_is_read(side, town):
    before = side.counter("pupils-quic")
    for address in WEB:
        assert town.pupils.python(QUIC, address).stdout == "ConnectionRefusedError True\n"
    assert side.counter("pupils-quic") == before + 2


def test_a_device_keeps_its_worker_over_a_reload(side, town):
    ports = side.slots()
    spread = {address: worker_of(side, town, address) for address in (*PUPILS4, *PUPILS6)}
    assert set(spread.values()) == set(ports.values())
    for _ in range(2):
        side.load(box())
        assert side.slots() == ports
        assert {address: worker_of(side, town, address) for address in (*PUPILS4, *PUPILS6)} == spread


def worker_of(side, town, address):
    """The port the connection was led to."""
    going = town.pupils.start("curl", "-sk", "--interface", address, "https://web.test/drip?seconds=30")
    try:
        return eventually(lambda: established(side, address))
    finally:
        going.kill()
        going.wait()
        eventually(lambda: not established(side, address))


def established(side, address):
    there = f"[{address}]" if ":" in address else address
    listed = side.town.gateway.run("ss", "-Htn", "state", "established", f"dst {there}").stdout.split()
    return int(listed[2].rpartition(":")[2]) if listed else None


def test_a_port_of_clear_messaging_is_read_where_the_box_says_so(side, town):
    side.load(box(pupils={"clear_ports": (8080,)}))
    assert curl(town.pupils, "http://web.test:8080/").status == 502  # by a worker, which finds nobody there
    side.load(box())
    assert curl(town.pupils, "http://web.test:8080/").exit == 7


CALL = "import socket, sys; s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 1.5); print('open')"


def is_open(place, address, port):
    return place.python(CALL, address, port, check=False).stdout == "open\n"


def test_nobody_calls_at_a_workers_door_or_from_outside(side, town):
    (port, *_) = side.slots().values()
    assert not is_open(town.pupils, GATEWAY_PUPILS, port)
    for door in (port, 8443, 22, 53, 80):
        assert not is_open(town.internet, "203.0.113.1", door)
    assert not is_open(town.internet, PUPILS4[0], 22)
    assert not is_open(town.guests, PUPILS4[0], 22)


def test_a_device_may_use_the_box_as_its_proxy_once_its_network_is_read(side, town):
    def proxied():
        return curl(
            town.pupils,
            "https://web.test/",
            side.root,
            more=("--noproxy", "", "--proxy", f"http://{GATEWAY_PUPILS}:3128"),
        )

    assert "Welcome" in proxied().body
    side.read()
    assert proxied().exit == 7


def test_a_device_can_check_its_trust_before_anything_is_read(side, town):
    """Also during a pause: it asks a worker, and is not read by it."""
    assert is_open(town.pupils, GATEWAY_PUPILS, 443)
    side.nft('add element inet gatehouse paused { "pupils" timeout 30s }')
    assert is_open(town.pupils, GATEWAY_PUPILS, 443)
    side.read()
    assert is_open(town.pupils, GATEWAY_PUPILS, 443)


def test_the_boxs_own_page_is_not_led_to_a_worker(side, town):
    serve = "import http.server as s; s.HTTPServer(('', 80), type('H', (s.BaseHTTPRequestHandler,), {'do_GET': lambda h: (h.send_response(204), h.end_headers())})).serve_forever()"  # noqa: E501
    with town.gateway.running("python3", "-c", serve):
        eventually(lambda: is_open(town.pupils, GATEWAY_PUPILS, 80))
        assert curl(town.pupils, f"http://{GATEWAY_PUPILS}/").status == 204


def test_names_asked_elsewhere_are_asked_here(side, town):
    serve = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('', 53)); print('names', flush=True)\nwhile True: s.sendto(b'from the box', s.recvfrom(512)[1])"  # noqa: E501
    ask = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(5); s.sendto(b'?', ('203.0.113.10', 53)); print(s.recv(99))"  # noqa: E501
    with town.gateway.running("python3", "-c", serve):
        eventually(lambda: "names" in town.gateway.said())
        assert town.pupils.python(ask).stdout == "b'from the box'\n"


def test_outside_everybody_has_the_boxs_address_unless_it_says_otherwise(side, town):
    side.read()
    curl(town.pupils, "http://web.test/hidden", address=PUPILS4[2])
    side.load(box(masquerade=False))
    curl(town.pupils, "http://web.test/shown", address=PUPILS4[2])
    asked = [side.internet.asked(path)[0]["client"] for path in ("/hidden", "/shown")]
    assert asked == ["203.0.113.1", PUPILS4[2]]


def test_nobody_goes_by_an_address_that_lies_behind_another_card(side, town):
    town.guests.run("ip", "address", "add", f"{PUPILS4[5]}/32", "dev", "lan")
    before = len(side.internet.asked("/borrowed"))
    assert curl(town.guests, "http://web.test/borrowed", address=PUPILS4[5], seconds=2).status == 0
    assert len(side.internet.asked("/borrowed")) == before
