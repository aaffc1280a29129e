"""The gateway and the replay read alike, and what is listed is nobody else's to read or remember."""

from datetime import UTC, datetime

from detection.documents.child import Child
from detection.illegal_lists import IllegalLists
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.inspect_documents import DocumentLimits
from proxy_addons.inspect_web import Limits
from proxy_addons.reader import Reader
from proxy_addons.reading_addons import reading_addons
from proxy_addons.recorder import Recorder
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.sensor_double import SensorDouble


def test_what_is_listed_comes_before_what_remembers_and_that_before_what_reads():
    watchdog, sensor, of_documents = Watchdog(), SensorDouble(), DocumentLimits()
    inspection = InlineInspection(watchdog)
    made = reading_addons(
        watchdog=watchdog,
        reader=Reader(sensor.observe, watchdog),
        recorder=Recorder(watchdog, most_bytes=1 << 20, minutes=1, part_bytes=1 << 10),
        inspection=inspection,
        documents=inspection,
        child=Child(),
        files=FileTransfers(of_documents.one, of_documents.together),
        illegal=IllegalLists((), None),
        sighted=sensor.sighted,
        limits=Limits(),
        of_documents=of_documents,
        now=lambda: datetime(2026, 3, 4, tzinfo=UTC),
    )
    assert [type(each).__name__ for each in made] == [
        "ListedContent",
        "Recorder",
        "InspectWeb",
        "InspectDocuments",
        "InspectWebsocket",
        "InspectTcp",
        "InspectDns",
        "BodyTaps",
    ]
