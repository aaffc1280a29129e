"""Count what was seen, read and missed, without a word of it, and say so every few seconds where the console looks."""

import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from traceback import extract_tb

from mitmproxy.http import HTTPFlow
from mitmproxy.tls import TlsData

from detection.grading import Detection
from detection.outbox import OutboxError

logger = logging.getLogger("gateway")


class Unread(StrEnum):
    """Why something passed that was not read, or not all of it."""

    TIMEOUT = "timeout"
    """Inspection took longer than the connection may wait; it still went on."""
    OVERLOAD = "overload"
    """More was waiting for inspection than memory allows."""
    LARGE = "large"
    """Longer than is read. Its first part was."""
    CODING = "coding"
    """A content coding that is unknown or broken."""
    BINARY = "binary"
    """A WebSocket message that is not text, and in which no words were found."""
    DOCUMENT_ENCRYPTED = "document-encrypted"
    """A document that needs a password."""
    DOCUMENT_UNKNOWN = "document-unknown"
    """A document of a kind that is not read."""
    DOCUMENT_BROKEN = "document-broken"
    """Not as it should be, or not all of it came. What could be read was."""
    DOCUMENT_LARGE = "document-large"
    """Read as far as the limits of one document reach."""
    DOCUMENT_TIMEOUT = "document-timeout"
    """Read as far as its time reached, or not at all."""
    DOCUMENT_CRASHED = "document-crashed"
    """The process that reads documents came to an end over it."""
    FILE = "file"
    """One whose way was announced in clear (FTP), over a connection of its own that was not led here."""
    NOT_HTTP = "not-http"
    """Neither the web nor any of the clear protocols that are read."""
    ENCRYPTED = "encrypted"
    """A clear protocol whose sides agreed to go on encrypted."""
    REFUSED = "refused"
    """The client would not accept the gateway's certificate: a pinned app, or a device without the root."""


class Guard:
    """The inspection loop's one broad catch: our fault must not become the pupil's, nor pass in silence.

    A class, since every message passes through twenty: made of a generator each would cost several times as much.
    """

    __slots__ = ("_watchdog", "_what", "_where")

    def __init__(self, watchdog: "Watchdog", where: str, what: str) -> None:
        self._watchdog, self._where, self._what = watchdog, where, what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> bool:
        """Monitoring fails open: what went wrong is counted, named by the flow's id, and things go on."""
        if not isinstance(error, Exception):
            return False
        self._watchdog.fault(self._where)
        frame = extract_tb(error.__traceback__)[-1]
        # Never the message: it may quote what was being read.
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        logger.error("%s failed with %s at %s, flow %s", self._where, type(error).__name__, place, self._what or "-")
        return True


class Watchdog:
    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._started = now()
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()  # hooks count on the event loop, inspection on its own thread
        self._writing = threading.Lock()  # when it stops, the last status may meet the one before

    def count(self, what: str, by: int = 1) -> None:
        with self._lock:
            self._counts[what] += by

    def unread(self, reason: Unread) -> None:
        self.count(f"unread.{reason}")

    def bypassed(self, reason: str) -> None:
        self.count(f"bypassed.{reason}")

    def fault(self, where: str) -> None:
        self.count(f"faults.{where}")

    def flag(self, put: Callable[[], Detection | None]) -> None:
        """Count it if it puts a detection into the outbox. On a full or broken disk the connection, which is not to
        blame, goes on, and the network manager is told."""
        try:
            detection = put()
        except OutboxError:
            self.fault("outbox")
            return
        if detection:
            self.count("flagged")

    def guard(self, where: str, what: str = "") -> "Guard":
        """``what``: a flow's id."""
        return Guard(self, where, what)

    def counts(self) -> dict[str, int]:
        """So far; "unread.timeout" is what was not read for that reason."""
        with self._lock:
            return dict(self._counts)

    def report(self) -> dict[str, object]:
        """Counts so far, "unread.timeout" as {"unread": {"timeout": …}}."""
        counts = self.counts()
        report: dict[str, object] = {"version": 1, "at": self._now().isoformat(), "since": self._started.isoformat()}
        report["pid"] = os.getpid()  # a supervisor tells by it whose counts these are
        groups: dict[str, dict[str, int]] = {"unread": {}, "bypassed": {}, "faults": {}}
        for name, value in sorted(counts.items()):
            group, dot, key = name.partition(".")
            if dot:
                groups.setdefault(group, {})[key] = value
            else:
                report[name] = value
        return report | groups

    def write(self, file: Path, more: Mapping[str, object]) -> None:
        """Replace the status file in one step, so that a reader never sees half of it.

        Not waited for until it is on the disk: it comes every few seconds, and after a power cut nobody wants the last.
        """
        temporary = file.with_name(f".{file.name}.new")  # of one name, so that a gateway killed here leaves but one
        with self._writing:
            temporary.write_text(json.dumps(self.report() | dict(more), indent=1), "utf-8")
            temporary.replace(file)

    def requestheaders(self, flow: HTTPFlow) -> None:
        self.count("flows")

    def response(self, flow: HTTPFlow) -> None:
        if flow.response and flow.response.raw_content:
            self.count("bytes", len(flow.response.raw_content))

    def tls_failed_client(self, data: TlsData) -> None:
        self.unread(Unread.REFUSED)

    def tls_failed_server(self, data: TlsData) -> None:
        self.count("upstream_refused")
