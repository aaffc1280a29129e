"""A browser that knows a site to speak QUIC tries it, is refused, and has the page over TCP without a wait."""

import json
import time

from tests.appliance.deadline import eventually
from tests.box.standing import NEEDS, Standing, visiting

pytestmark = NEEDS

NO_WAIT = 2.0
"""Seconds for one page; nobody gives an answer over UDP up so soon."""


def refused(box: Standing) -> int:
    """How many tries over UDP, of the pupils."""
    listed = box.town.gateway.run("nft", "-j", "list", "counter", "inet", "gatehouse", "pupils-quic").stdout
    return next(int(each["counter"]["packets"]) for each in json.loads(listed)["nftables"] if "counter" in each)


def test_a_browser_falls_back_at_once_and_is_read(box, tmp_path):
    with visiting(box, tmp_path / "home", box.root, options=("--enable-quic",)) as page:
        page.goto("https://search.test/also-quic")
        before, begun = refused(box), time.monotonic()
        page.goto("https://search.test/search?q=i+want+to+hurt+myself+quickly")
        took = time.monotonic() - begun
        eventually(lambda: refused(box) > before)
    assert took < NO_WAIT
    assert box.reports.of("i want to hurt myself quickly")["address"]
