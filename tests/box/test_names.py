"""Names in the town: what the box's resolver says, and what it hides."""

import pytest

from tests.box.ask import AAAA, ANY, HTTPS, NO_SUCH_NAME, SVCB, TXT, A, ask
from tests.box.named_side import UPSTREAM
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS


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
