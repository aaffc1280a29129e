import logging

import pytest

from proxy_addons.mitmproxy_log import MitmproxyLog
from proxy_addons.watchdog import Watchdog


@pytest.fixture
def watchdog():
    """With mitmproxy's log in its hands, and everything as it was afterwards."""
    names = ("mitmproxy", "asyncio", "hpack")
    before = [(log, log.handlers, log.level, log.propagate) for log in map(logging.getLogger, names)]
    watchdog = Watchdog()
    MitmproxyLog(watchdog).install()
    yield watchdog
    for log, log.handlers, level, log.propagate in before:
        log.setLevel(level)


def test_mitmproxys_talk_of_hosts_and_addresses_is_dropped(watchdog, caplog):
    logging.getLogger("mitmproxy.proxy.server").warning("192.0.2.7: server connect nhs.uk:443")
    assert caplog.text == ""
    assert watchdog.report()["faults"] == {}


def test_its_errors_are_counted_and_named_by_place(watchdog, caplog):
    try:
        raise ValueError("https://forum.test/?q=words")
    except ValueError:
        logging.getLogger("mitmproxy.proxy.server").exception("mitmproxy has crashed!")
    logging.getLogger("asyncio").error("something about https://forum.test/?q=words")
    assert watchdog.report()["faults"] == {"mitmproxy": 2}
    ours = [record.getMessage() for record in caplog.records if record.name == "gateway"]
    assert ours[0].startswith("mitmproxy reports ValueError in test_mitmproxy_log.py")
    assert "forum" not in "".join(ours)
