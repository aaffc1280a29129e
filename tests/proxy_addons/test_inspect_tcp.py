import asyncio
import base64

import pytest
from mitmproxy.tcp import TCPMessage
from mitmproxy.test import tflow

from detection.documents.child import Child
from detection.observation import Channel, Direction
from proxy_addons import tcp_talk
from proxy_addons.bypass import UNREAD
from proxy_addons.document_reading import DocumentReading
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.inspect_tcp import InspectTcp
from proxy_addons.reader import Reader
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.watchdog import Watchdog
from tests.detection.conversations.talks import IRC, SECRET, SMTP, turns
from tests.detection.documents.factories import docx
from tests.proxy_addons.sensor_double import SensorDouble


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def sensor():
    return SensorDouble()


@pytest.fixture(scope="module")
def child():
    reads = Child()
    yield reads
    reads.close()


@pytest.fixture
def made(sensor, watchdog, child):
    """An addon whose turns come when ``inspection`` says."""

    def make(inspection, **more):
        reader, inline = Reader(sensor.observe, watchdog), InlineInspection(watchdog)
        reading = DocumentReading(child, reader, inline, inline, watchdog, 1 << 20)
        return InspectTcp(reader, reading, inspection, watchdog, FileTransfers(1000, 5000), **more)

    return make


@pytest.fixture
def addon(made, watchdog):
    return made(InlineInspection(watchdog), most_held=100_000)


@pytest.fixture
def passing(addon):
    made = tflow.ttcpflow(messages=[])
    made.server_conn.address, made.client_conn.sni = ("chat.test", 6667), None
    return made


def talk(addon, passing, spoken):
    addon.tcp_start(passing)
    talk_on(addon, passing, spoken)


def talk_on(addon, passing, spoken):
    for is_client, data in spoken:
        passing.messages.append(TCPMessage(is_client, data))
        asyncio.run(addon.tcp_message(passing))
        assert passing.messages == []


def test_both_sides_of_a_chat_are_observed_with_where_and_who(addon, passing, sensor, watchdog):
    talk(addon, passing, IRC.turns)
    addon.tcp_end(passing)
    assert [s.text for s in sensor.seen if s.direction is Direction.WRITTEN] == [
        "see you at the river",
        "waves back",
        "a new topic",
    ]
    said = next(s for s in sensor.seen if s.text == "see you there")
    assert (said.channel, said.direction, said.author) == (Channel.MESSAGE, Direction.SHOWN, "jo")
    assert (said.app, said.conversation, said.location) == ("IRC", "#club", "irc://chat.test:6667")
    assert said.subject.address == "127.0.0.1"
    assert watchdog.report()["conversations"] == {"IRC": 1}
    assert watchdog.report()["unread"] == {}


def test_a_flagged_mail_comes_with_its_words_and_no_password(addon, passing, sensor):
    sensor.flags = "river"
    talk(addon, passing, SMTP.turns)
    (evidence,) = sensor.evidence
    assert b"see you at the river" in b"".join(evidence.bodies.values())
    assert SECRET.encode() not in b"".join(evidence.bodies.values()) + evidence.index
    assert SECRET not in "".join(sensor.texts)


def test_a_document_in_a_mail_is_read_with_whose_mail_it_is_in(addon, passing, sensor, watchdog):
    sensor.flags = "homework"
    file = base64.b64encode(docx("homework for Sam")).decode()
    mail = ("From: Sam <sam@x.test>", "Subject: Saturday", 'Content-Type: application/x; name="w.docx"',
            "Content-Transfer-Encoding: base64", "", file)  # fmt: skip
    said = ["> EHLO x", "< 250 x", "> DATA", "< 354 go", *(f"> {line}" for line in mail), "> .", "< 250 ok"]
    talk(addon, passing, turns("< 220 x", *said))
    read = next(s for s in sensor.seen if s.channel is Channel.DOCUMENT)
    assert (read.text, read.conversation, read.app) == ("homework for Sam", "Saturday", "SMTP")
    assert (read.direction, read.location) == (Direction.WRITTEN, "smtp://chat.test:6667")
    (evidence,) = sensor.evidence
    assert b"homework for Sam" in b"".join(evidence.bodies.values())
    assert watchdog.report()["documents"] == 1


def test_what_nobody_knows_is_counted_once_and_not_kept(addon, passing, sensor, watchdog):
    talk(addon, passing, [(True, b"\x00\x01\x02\n"), (False, b"\x03")])
    addon.tcp_error(passing)
    assert (sensor.seen, addon.held, watchdog.report()["unread"]) == ([], 0, {"not-http": 1})


@pytest.mark.parametrize("spoken", [[], [(False, b"220 who is there\r\n")]])
def test_what_ends_before_it_is_known_is_counted_too(addon, passing, watchdog, spoken):
    talk(addon, passing, spoken)
    addon.tcp_end(passing)
    assert watchdog.report()["unread"] == {"not-http": 1}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("< 220 x", "> EHLO x", "< 250 x", "> STARTTLS", "< 220 go"), "encrypted"),
        (("< * OK", "> a COMPRESS DEFLATE", "< a OK"), "coding"),
    ],
)
def test_what_can_be_read_no_longer_is_counted(addon, passing, watchdog, lines, why):
    talk(addon, passing, (*turns(*lines), (True, b"\x16\x03\x01 and so on")))
    addon.tcp_end(passing)
    assert watchdog.report()["unread"] == {why: 1}


def test_what_must_not_be_read_is_not(addon, passing, sensor, watchdog):
    passing.metadata[UNREAD] = True
    talk(addon, passing, IRC.turns)
    addon.tcp_end(passing)
    assert (sensor.seen, watchdog.report()["unread"]) == ([], {})


def test_what_a_limit_leaves_of_a_line_is_counted(addon, passing, sensor, watchdog):
    long = f"> PRIVMSG #fish :see you at the river {'a' * 20_000}"
    talk(addon, passing, turns("> NICK a", "> USER a 0 * :a", "< :x 001 a :hello", long))
    assert sensor.texts[0].startswith("see you at the river")
    assert watchdog.report()["unread"] == {"large": 1}


def test_connections_hold_no_more_together_than_memory_allows(addon, passing, sensor, watchdog):
    mail = turns("< 220 x", "> EHLO x", "< 250 x", "> DATA", "< 354 go", *(["> river " * 8_000] * 25))
    talk(addon, passing, mail)
    assert (addon.held, watchdog.report()["unread"]) == (0, {"overload": 1})


def test_a_connection_whose_turn_does_not_come_is_given_up(made, passing, watchdog, monkeypatch):
    class Busy(InlineInspection):
        def submit(self, job, size, name):
            pass

    monkeypatch.setattr(tcp_talk, "MOST_WAITING", 100)
    waiting = made(Busy(watchdog))
    talk(waiting, passing, [(True, b"x" * 60)] * 5)
    assert watchdog.report()["unread"] == {"overload": 1}


def test_pieces_stay_in_order_whichever_turn_comes_first(made, passing, sensor, watchdog):
    jobs = []

    class Later(InlineInspection):
        def submit(self, job, size, name):
            jobs.append(job)

    late = made(Later(watchdog))
    talk(late, passing, turns("> NICK sam", "> PRIVMSG #a :one more", "> PRIVMSG #a :two more"))
    for job in reversed(jobs):
        job()
    assert sensor.texts == ["one more", "two more"]


LISTENS = ("< 220 x", "> USER sam", "< 230 in", "> PASV", "< 227 here (192,0,2,9,195,80)")


def transfer(addon, data, *, to=("192.0.2.9", 50000)):
    """A connection of its own, over which ``data`` goes."""
    made = tflow.ttcpflow(messages=[])
    made.server_conn.address, made.client_conn.sni = to, None
    talk(addon, made, [(True, data)])
    return made


def test_a_file_is_read_with_its_name_and_who_sends_it(addon, passing, sensor, watchdog):
    talk(addon, passing, turns(*LISTENS, "> STOR a/my plan.txt", "< 150 go"))
    addon.tcp_end(transfer(addon, b"see you at the river"))
    talk_on(addon, passing, turns("< 226 done", "> EPSV", "< 229 here (|||50001|)", "> RETR more.docx"))
    addon.tcp_end(transfer(addon, docx("by the old bridge"), to=("chat.test", 50001)))
    addon.tcp_end(passing)
    read = [s for s in sensor.seen if s.channel is Channel.DOCUMENT]
    assert [(s.text, s.direction, s.conversation, s.app) for s in read] == [
        ("see you at the river", "written", "my plan.txt", "FTP"),
        ("by the old bridge", "shown", "more.docx", "FTP"),
    ]
    assert {s.location for s in read} == {"ftp://chat.test:6667"}
    assert watchdog.report()["unread"] == {}


def test_a_file_whose_connection_is_not_led_here_is_counted(addon, passing, sensor, watchdog):
    talk(
        addon, passing, turns(*LISTENS, "> RETR plan.txt", "< 226 ok", "> PASV", "< 227 x (192,0,2,9,195,81)", "> LIST")
    )
    addon.tcp_end(passing)
    assert watchdog.report()["unread"] == {"file": 1}


def test_of_a_long_file_the_first_part_is_read_and_the_rest_is_counted(addon, passing, sensor, watchdog):
    talk(addon, passing, turns(*LISTENS, "> STOR a.txt"))
    addon.tcp_end(transfer(addon, b"see you " + b"at the river " * 200))
    assert sensor.texts[-1].startswith("see you at the river")
    assert watchdog.report()["unread"] == {"document-large": 1}


def test_a_picture_and_a_listing_are_no_documents(addon, passing, sensor, watchdog):
    talk(addon, passing, turns(*LISTENS, "> STOR a.png"))
    addon.tcp_end(transfer(addon, b"\x89PNG\r\n\x1a\n\0\0"))
    talk_on(addon, passing, turns("> PASV", "< 227 here (192,0,2,9,195,80)", "> LIST"))
    addon.tcp_end(transfer(addon, b"-rw-r--r-- 1 sam see you at the river.txt"))
    addon.tcp_end(passing)
    assert [s.channel for s in sensor.seen] == [Channel.FILE_NAME]
    assert watchdog.report()["unread"] == {}


def test_whoever_keeps_announcing_files_costs_little(addon, passing, watchdog):
    talk(addon, passing, turns("< 220 x", "> USER sam", "< 230 in", *(["> PORT 192,0,2,7,1,1", "> RETR a"] * 300)))
    assert watchdog.report()["unread"]["file"] == 200
