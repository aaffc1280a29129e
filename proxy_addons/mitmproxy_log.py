"""Keep mitmproxy's own log from saying who went where: its errors are counted and placed, the rest is dropped."""

import logging
from pathlib import Path
from traceback import extract_tb

from proxy_addons.watchdog import Watchdog

logger = logging.getLogger("gateway")


class MitmproxyLog(logging.Handler):
    """mitmproxy names hosts, addresses and the text of exceptions; none of that goes into a log here."""

    def __init__(self, watchdog: Watchdog) -> None:
        super().__init__(logging.ERROR)
        self._watchdog = watchdog

    def install(self) -> None:
        for name in ("mitmproxy", "asyncio", "hpack"):
            theirs = logging.getLogger(name)
            theirs.handlers = [self]
            theirs.setLevel(logging.ERROR)
            theirs.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "mitmproxy.addons.proxyserver":
            return  # it cannot listen, which whoever starts the gateway says better
        self._watchdog.fault("mitmproxy")
        logger.error("mitmproxy reports %s in %s", *_kind_and_place(record))


def _kind_and_place(record: logging.LogRecord) -> tuple[str, str]:
    if record.exc_info and record.exc_info[0] and (frames := extract_tb(record.exc_info[2])):
        return record.exc_info[0].__name__, f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
    return "an error", f"{record.name}:{record.lineno}"
