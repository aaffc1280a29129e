"""The addons that remember and read what passes, in their order: the same on the gateway and in a replay."""

from collections.abc import Callable
from datetime import UTC, datetime

from detection.documents.child import Child
from detection.illegal_lists import IllegalLists
from proxy_addons.body_taps import BodyTaps
from proxy_addons.document_reading import DocumentReading
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.inspect_dns import InspectDns
from proxy_addons.inspect_documents import DocumentLimits, InspectDocuments
from proxy_addons.inspect_tcp import InspectTcp
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspect_websocket import InspectWebsocket
from proxy_addons.inspection import Inspects
from proxy_addons.listed_content import ListedContent, Report
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.watchdog import Watchdog


def reading_addons(
    *,
    watchdog: Watchdog,
    reader: Reader,
    recorder: Recorder,
    inspection: Inspects,
    documents: Inspects,
    child: Child,
    files: FileTransfers,
    illegal: IllegalLists,
    sighted: Report,
    limits: Limits,
    of_documents: DocumentLimits,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[object]:
    """What is listed comes first, then what is remembered, then what is read; the taps of bodies last.

    ``documents`` is the thread on which ``child`` is waited for; ``sighted`` is told of what is listed.
    """
    reading = DocumentReading(child, reader, documents, inspection, watchdog, of_documents.one)
    return [
        ListedContent(illegal, sighted, inspection, watchdog, limits.unpacked, now),
        recorder,
        InspectWeb(reader, inspection, recorder, watchdog, limits, now),
        InspectDocuments(reading, watchdog, of_documents, now),
        InspectWebsocket(reader, inspection, watchdog, limits.held, now),
        InspectTcp(reader, reading, inspection, watchdog, files, now),
        InspectDns(reader, illegal, sighted, inspection, watchdog, now),
        BodyTaps(illegal, watchdog),
    ]
