from datetime import UTC, datetime

import pytest

from detection.extract.base import Message, Passage
from detection.extract.said import Said
from detection.observation import Channel, Direction, Subject
from detection.outbox import OutboxError
from proxy_addons import reader
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.sensor_double import SensorDouble

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def sensor():
    return SensorDouble()


def around(**more):
    plain = {"subject": Subject(address="192.0.2.7"), "seen_at": NOW, "host": "forum.test", "evidence": lambda: None}
    return Circumstances(**plain | more)


def page(markup="<h1>Rivers</h1><p>of Wales</p>"):
    return Message(
        url="https://forum.test/thread?id=7",
        media_type="text/html",
        body=markup.encode(),
        direction=Direction.SHOWN,
    )


def test_a_search_is_observed_with_who_when_and_where(sensor, watchdog):
    search = Message(url="https://www.google.com/search?q=rivers+of+wales", direction=Direction.WRITTEN)
    Reader(sensor.observe, watchdog).read(search, around(host="www.google.com"))
    (seen,) = sensor.seen
    assert (seen.text, seen.channel, seen.direction) == ("rivers of wales", Channel.SEARCH, Direction.WRITTEN)
    assert (seen.subject.address, seen.seen_at, seen.reported_at) == ("192.0.2.7", NOW, NOW)
    assert (seen.app, seen.conversation) == ("Google", "www.google.com")
    assert seen.location.startswith("https://www.google.com/search")


def test_a_page_is_one_thing_seen(sensor, watchdog):
    Reader(sensor.observe, watchdog).read(page(), around())
    (text,) = sensor.texts
    assert "Rivers" in text
    assert "of Wales" in text


def test_a_reader_that_fails_is_counted_and_the_message_read_by_its_format(sensor, watchdog, monkeypatch, caplog):
    def broken(_):
        raise RuntimeError("the words that were read")

    monkeypatch.setattr(reader, "extract", broken)
    said = Message(url="https://discord.com/api/x", media_type="application/json", body=b'{"text": "hello there"}',
                   direction=Direction.WRITTEN)  # fmt: skip
    Reader(sensor.observe, watchdog).read(said, around(host="discord.com"))
    assert (sensor.texts, [seen.app for seen in sensor.seen]) == (["hello there"], ["Discord"])
    assert watchdog.counts()["faults.reader"] == 1
    assert "words" not in caplog.text


def test_page_text_that_is_not_put_before_the_person_as_a_page_is_left(sensor, watchdog):
    Reader(sensor.observe, watchdog).read(page(), around(page=False))
    assert sensor.seen == []


def test_what_is_flagged_is_counted(watchdog):
    sensor = SensorDouble(flags="Wales")
    Reader(sensor.observe, watchdog).read(page(), around())
    assert (watchdog.report()["read"], watchdog.report()["flagged"]) == (1, 1)


def test_a_full_disk_is_counted_and_goes_no_further(watchdog):
    def observe(observation, evidence, later=None):
        raise OutboxError("disk full")

    Reader(observe, watchdog).read(page(), around())
    assert watchdog.report()["faults"] == {"outbox": 1}


def test_what_was_taken_out_of_its_protocol_already_is_observed_as_it_is(sensor, watchdog):
    passage = Passage(channel=Channel.MAIL, text="see you", conversation="Saturday", author="Jo", app="IMAP")
    Reader(sensor.observe, watchdog).heard(Said(passage, Direction.SHOWN), "imap://mail.test:143", around())
    (seen,) = sensor.seen
    assert (seen.channel, seen.direction, seen.text, seen.author) == (Channel.MAIL, Direction.SHOWN, "see you", "Jo")
    assert (seen.app, seen.conversation, seen.location) == ("IMAP", "Saturday", "imap://mail.test:143")
    assert watchdog.report()["read"] == 1
