"""What was said over TCP in clear is read with where and who, and its words alone are its evidence."""

from datetime import UTC, datetime

import pytest

from detection.documents.child import Child
from detection.extract.base import Passage
from detection.extract.said import Said
from detection.observation import Channel, Direction, Subject
from proxy_addons.document_reading import DocumentReading
from proxy_addons.reader import Reader
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.said_in_clear import SaidInClear, Scene
from proxy_addons.watchdog import Watchdog
from tests.detection.documents.factories import docx
from tests.proxy_addons.sensor_double import SensorDouble

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def sensor():
    return SensorDouble(flags="river")


@pytest.fixture
def heard(sensor):
    watchdog, child = Watchdog(), Child()
    reader, inline = Reader(sensor.observe, watchdog), InlineInspection(watchdog)
    yield SaidInClear(reader, DocumentReading(child, reader, inline, inline, watchdog, 1 << 20), watchdog)
    child.close()


def scene(host="chat.test"):
    return Scene(name="flow", server=(host, 6667), subject=Subject(address="192.0.2.7"), seen_at=NOON)


def said(text, direction=Direction.WRITTEN, file=b""):
    return Said(Passage(channel=Channel.MESSAGE, text=text, app="IRC"), direction, file)


@pytest.mark.parametrize(
    ("host", "location"), [("chat.test", "irc://chat.test:6667"), ("2001:db8::1", "irc://[2001:db8::1]:6667")]
)
def test_it_is_observed_with_where_when_and_who(heard, sensor, host, location):
    heard.hear(said("see you at the river"), scene(host))
    (seen,) = sensor.seen
    assert (seen.text, seen.location, seen.seen_at) == ("see you at the river", location, NOON)
    assert seen.subject.address == "192.0.2.7"


@pytest.mark.parametrize("direction", Direction)
def test_the_words_are_the_evidence(heard, sensor, direction):
    heard.hear(said("see you at the river", direction), scene())
    (evidence,) = sensor.evidence
    assert list(evidence.bodies.values()) == [b"see you at the river"]


def test_a_document_is_read_first(heard, sensor):
    heard.hear(said("", file=docx("down at the river")), scene())
    assert sensor.texts == ["down at the river"]
