"""What goes past the proxy, or is left closed by a worker, because of its name; and who is not believed."""

import pytest

from tests.box.ask import ask
from tests.box.far_hosts import LIAR, SHARED, SPOKEN
from tests.box.town import GATEWAY_PUPILS, PUPILS4, PUPILS6


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
