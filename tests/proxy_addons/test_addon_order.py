"""The order matters: nothing is read before it is known whose it is, and whether it may be read at all."""

import pytest

from benchmarks.gateway_settings import write_gateway
from proxy_addons.addon_order import in_order
from proxy_addons.parts import Parts
from proxy_addons.watchdog import Watchdog


@pytest.fixture
def names(tmp_path):
    config = write_gateway(0, tmp_path)
    config.write_text("\n".join(line for line in config.read_text().splitlines() if "origin_ca" not in line))
    parts = Parts.build(config, Watchdog())
    yield [type(each).__name__ for each in in_order(parts)]
    parts.stop()


READERS = (
    "InspectHello",
    "ListedContent",
    "InspectWeb",
    "InspectDocuments",
    "InspectWebsocket",
    "InspectTcp",
    "InspectDns",
)


@pytest.mark.parametrize("reads", READERS)
@pytest.mark.parametrize(
    "before", ["OwnAnswers", "TrustCheck", "ExplicitProxy", "ProxySignIn", "Identify", "NamesOnly", "Bypass"]
)
def test_who_and_whether_come_before_what(names, before, reads):
    assert names.index(before) < names.index(reads)


def test_a_page_is_remembered_before_it_is_read(names):
    """What is flagged is drawn from what is remembered."""
    assert names.index("ListedContent") < names.index("Recorder") < names.index("InspectWeb")
