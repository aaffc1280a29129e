import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from detection.extract.base import Message, Passage
from detection.extract.said import Said
from detection.growing_searches import Asked
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


def test_a_field_that_asks_at_every_letter_is_observed_once_and_nothing_is_lost(sensor, watchdog):
    one = Reader(sensor.observe, watchdog)
    for milliseconds, words in enumerate(("how", "how to kill", "how to kill a process")):
        letters = Message(url="https://shop.test/find?" + urlencode({"q": words}), direction=Direction.WRITTEN)
        at = NOW + timedelta(milliseconds=400 * milliseconds)
        one.read(letters, around(host="shop.test", seen_at=at, asked=Asked.BY_SCRIPT))
    assert sensor.texts == []
    one.finish()
    assert sensor.texts == ["how to kill a process"]


def test_messages_that_begin_alike_are_each_observed_at_once(sensor, watchdog):
    one = Reader(sensor.observe, watchdog)
    for body in ("we saw rivers", "we saw rivers of wales"):
        sent = Message(
            url="https://chat.test/say",
            method="POST",
            media_type="application/x-www-form-urlencoded",
            body=urlencode({"message": body}).encode(),
            direction=Direction.WRITTEN,
        )
        one.read(sent, around(host="chat.test"))
    assert sensor.texts == ["we saw rivers", "we saw rivers of wales"]


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


def save(*commands, document="doc-1"):
    """What Google Docs sends about once a second."""
    bundles = json.dumps([{"commands": commands, "sid": "5f2a7c1b9d3e4f60", "reqId": 3}])
    return Message(
        url=f"https://docs.google.com/document/d/{document}/save?id={document}&tab=t.0",
        method="POST",
        media_type="application/x-www-form-urlencoded",
        body=urlencode({"rev": 9, "bundles": bundles}).encode(),
        direction=Direction.WRITTEN,
    )


def put(at, text):
    return {"ty": "is", "ibi": at, "s": text}


def type_out(reader, *pieces, at=1, **more):
    """A piece a second; the time after the last."""
    now = NOW
    for piece in pieces:
        reader.read(save(put(at, piece)), around(host="docs.google.com", seen_at=now, **more))
        at, now = at + len(piece), now + timedelta(seconds=1)
    return now


def test_a_sentence_typed_letter_by_letter_into_a_document_is_observed_once_and_whole(sensor, watchdog):
    type_out(Reader(sensor.observe, watchdog), "The r", "iver", "s of", " Wales a", "re wet", ". ", "So")
    (seen,) = sensor.seen
    assert (seen.text, seen.channel, seen.direction) == ("The rivers of Wales are wet.", "document", "written")
    assert (seen.app, seen.conversation) == ("Google Docs", "doc-1")
    assert seen.seen_at == NOW + timedelta(seconds=5)


def test_what_is_deleted_before_the_sentence_ends_is_never_observed(sensor, watchdog):
    reader = Reader(sensor.observe, watchdog)
    reader.read(save(put(1, "The sea of")), around())
    reader.read(save({"ty": "ds", "si": 5, "ei": 7}), around())
    reader.read(save(put(5, "coast"), put(13, " Wales"), put(19, "\n")), around())
    assert sensor.texts == ["The coast of Wales"]


def test_when_the_person_stops_any_other_message_brings_out_what_they_wrote(sensor, watchdog):
    reader = Reader(sensor.observe, watchdog)
    now = type_out(reader, "The r", "ivers")
    reader.read(page(), around(seen_at=now, subject=Subject(address="192.0.2.8")))
    assert "The rivers" not in sensor.texts
    reader.read(page(), around(seen_at=now + timedelta(seconds=5), subject=Subject(address="192.0.2.8")))
    observed = next(seen for seen in sensor.seen if seen.text == "The rivers")
    assert observed.subject.address == "192.0.2.7"
    assert observed.seen_at == NOW + timedelta(seconds=1)


def test_with_no_other_message_the_upkeep_does_and_nothing_is_left_at_the_end(sensor, watchdog):
    reader = Reader(sensor.observe, watchdog)
    now = type_out(reader, "The r", "ivers")
    reader.pause(now + timedelta(seconds=5))
    assert sensor.texts == ["The rivers"]
    type_out(reader, " of W", "ales", at=11)
    reader.finish()
    assert sensor.texts == ["The rivers", "The rivers of Wales"]
    assert len({seen.id for seen in sensor.seen}) == 2


def test_what_is_flagged_of_a_typed_sentence_carries_the_last_save_as_evidence(watchdog):
    sensor = SensorDouble(flags="Wales")
    reader = Reader(sensor.observe, watchdog)
    now = type_out(reader, "The r", "ivers of Wales", evidence=lambda: "the last save")
    reader.pause(now + timedelta(seconds=5))
    assert sensor.evidence == ["the last save"]


def test_what_a_limit_leaves_of_a_message_is_counted_and_the_part_before_it_observed(sensor, watchdog):
    one, said = Reader(sensor.observe, watchdog), [{"author": "Bo", "text": f"see you at {n}"} for n in range(600)]
    body = json.dumps(said).encode()
    long = Message(url="https://chat.test/a", media_type="application/json", body=body, direction=Direction.SHOWN)
    one.read(long, around())
    assert (sensor.texts[0], len(sensor.texts)) == ("see you at 0", 500)
    assert watchdog.report()["unread"] == {"large": 1}
    one.read(long, around(whole=False))  # cut off already, and counted then
    assert watchdog.report()["unread"] == {"large": 1}
