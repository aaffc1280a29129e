"""The order matters: nothing is read before it is known whose it is, and whether it may be read at all."""

import pytest

from detection.sealing import new_key
from proxy_addons.addon_order import in_order
from proxy_addons.parts import Parts
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.conftest import settings


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("order")
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    (tmp_path / "token").write_text("a-token-for-tests")
    (tmp_path / "token").chmod(0o600)
    (tmp_path / "state").mkdir()
    parts = Parts.build(settings(tmp_path, "http://127.0.0.1:9", {}), Watchdog())
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
