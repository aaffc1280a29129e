import gzip
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detection.documents.contents import Contents, Shortfall
from detection.documents.long_text import LONGEST
from detection.observation import Channel, Direction
from proxy_addons.document_reading import REASONS, DocumentReading
from proxy_addons.inspection import Inspection
from proxy_addons.reader import Reader
from proxy_addons.watchdog import Watchdog
from proxy_addons.web_message import written
from tests.detection.documents.factories import docx
from tests.proxy_addons.factories import flow
from tests.proxy_addons.sensor_double import SensorDouble

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


class Desk:
    """Everything documents go through, with ``read`` in the place of the child."""

    def __init__(self, read, *, flags="\0", pending_bytes=1 << 22):
        self.sensor, self.watchdog = SensorDouble(flags=flags), Watchdog()
        self.inspection = Inspection(self.watchdog, seconds=20, pending_bytes=1 << 22)
        self.documents = Inspection(self.watchdog, seconds=20, pending_bytes=pending_bytes, thread="documents")
        self.read = read
        reader = Reader(self.sensor.observe, self.watchdog)
        self.reading = DocumentReading(self, reader, self.documents, self.inspection, self.watchdog, 1 << 20)

    def finish(self):
        self.documents.close(20)
        self.inspection.close(20)
        return self.sensor.texts


def sent(body, *, whole=True, **headers):
    passing = flow(
        url="https://drive.test/up", method="PUT", body=body, content_type="application/octet-stream", **headers
    )
    return replace(written(passing, NOW, list), body=body, whole=whole)


def test_a_document_is_put_before_the_sensor_as_one_that_was_written():
    desk = Desk(lambda body: Contents(text="see you at the river"))
    desk.reading.submit(sent(docx()), "flow")
    assert desk.finish() == ["see you at the river"]
    (seen,) = desk.sensor.seen
    assert (seen.channel, seen.direction, seen.location) == (
        Channel.DOCUMENT,
        Direction.WRITTEN,
        "https://drive.test/up",
    )
    assert desk.watchdog.counts() == {"documents": 1, "read": 1}


@pytest.mark.parametrize("shortfall", Shortfall)
def test_what_falls_short_is_counted_with_its_reason_and_what_was_read_counts(shortfall):
    desk = Desk(lambda body: Contents(text="the beginning", shortfall=shortfall))
    desk.reading.submit(sent(docx()), "flow")
    assert desk.finish() == ["the beginning"]
    assert desk.watchdog.report()["unread"] == {str(REASONS[shortfall]): 1}


def test_one_that_was_cut_off_on_the_way_is_large_and_not_broken():
    desk = Desk(lambda body: Contents(shortfall=Shortfall.BROKEN))
    desk.reading.submit(sent(docx(), whole=False), "flow")
    desk.finish()
    assert desk.watchdog.report()["unread"] == {"document-large": 1}


def test_a_long_one_is_put_before_the_sensor_in_passages():
    desk = Desk(lambda body: Contents(text="x" * (LONGEST + 5)))
    desk.reading.submit(sent(docx()), "flow")
    assert sorted(map(len, desk.finish())) == [5, LONGEST]


def test_a_content_coding_is_taken_off():
    bodies = []
    desk = Desk(lambda body: bodies.append(body) or Contents())
    desk.reading.submit(sent(gzip.compress(docx()), content_encoding="gzip"), "flow")
    desk.reading.submit(sent(b"no gzip", content_encoding="gzip"), "flow")
    desk.finish()
    assert bodies == [docx()]
    assert desk.watchdog.report()["unread"] == {"coding": 1}


def test_a_slow_document_holds_up_nobodys_message():
    release, said = threading.Event(), threading.Event()
    desk = Desk(lambda body: (release.wait(20) and Contents()) or Contents())
    desk.reading.submit(sent(docx()), "flow")
    desk.inspection.submit(said.set, 10, "message")
    assert said.wait(20)
    release.set()
    desk.finish()


def test_more_than_memory_allows_passes_unread_and_everybody_is_told_it_is_done():
    release, done = threading.Event(), []
    desk = Desk(lambda body: (release.wait(20) and Contents()) or Contents(), pending_bytes=len(docx()) + 10)
    desk.reading.submit(sent(docx()), "first", lambda: done.append("first"))
    desk.reading.submit(sent(docx()), "second", lambda: done.append("second"))
    release.set()
    desk.finish()
    assert done == ["second", "first"]
    assert desk.watchdog.report()["unread"] == {"overload": 1}


def test_a_fault_is_counted_and_its_room_is_given_back():
    done = []
    desk = Desk(lambda body: 1 / 0)
    desk.reading.submit(sent(docx()), "flow", lambda: done.append(True))
    desk.finish()
    assert done == [True]
    assert desk.watchdog.report()["faults"] == {"inspection": 1}


def test_the_document_itself_is_no_evidence():
    desk = Desk(lambda body: Contents(text="see you at the river"), flags="river")
    desk.reading.submit(sent(docx()), "flow")
    desk.finish()
    (evidence,) = desk.sensor.evidence
    assert evidence.bodies == {}
    assert evidence.truncated
    assert json.loads(evidence.index)["log"]["entries"][0]["request"]["url"] == "https://drive.test/up"
