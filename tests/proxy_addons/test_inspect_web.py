import asyncio
import gzip
import json
import threading

import pytest

from detection.observation import Channel, Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.exchanges import exchange
from proxy_addons.first_part import FirstPart
from proxy_addons.inspect_stream import EventStream
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspection import Inspection
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow
from tests.proxy_addons.sensor_double import SensorDouble

FORM = "application/x-www-form-urlencoded"
BROWSER = {"accept": "text/html,*/*;q=0.8"}
SEARCH = "https://www.google.com/search?q=rivers+of+wales"

PLAIN = Limits()


class Gate:
    """The addon with all it needs, and a way to send a flow through its hooks."""

    def __init__(self, sensor, seconds=20.0, limits=PLAIN):
        self.sensor, self.watchdog = sensor, Watchdog()
        self.recorder = Recorder(self.watchdog, most_bytes=1 << 20, minutes=10, part_bytes=1000)
        self.inspection = Inspection(self.watchdog, seconds=seconds, pending_bytes=1 << 22)
        reader = Reader(sensor.observe, self.watchdog)
        self.addon = InspectWeb(reader, self.inspection, self.recorder, self.watchdog, limits)

    def through(self, passing):
        """As mitmproxy would: held or streamed, request and then response."""
        asyncio.run(self._through(passing))
        return passing

    async def _through(self, passing):
        self.addon.requestheaders(passing)
        self._stream(passing.request)
        await self.addon.request(passing)
        if passing.response:
            self.addon.responseheaders(passing)
            self._stream(passing.response)
            await self.addon.response(passing)

    def _stream(self, carrier):
        if carrier.stream and carrier.raw_content:
            if callable(carrier.stream):
                carrier.stream(carrier.raw_content)
                carrier.stream(b"")
            carrier.raw_content = None

    def read(self):
        """What has been read once nothing waits any more."""
        self.inspection.close(20)
        return self.sensor.texts


@pytest.fixture
def sensor():
    return SensorDouble()


@pytest.fixture
def gate(sensor):
    return Gate(sensor)


def test_a_search_is_read_as_written(gate, sensor):
    gate.through(flow(url=SEARCH, **BROWSER))
    (seen,) = sensor.seen
    assert (seen.text, seen.channel, seen.direction) == ("rivers of wales", Channel.SEARCH, Direction.WRITTEN)


def test_a_form_is_read_before_it_goes_out(gate, sensor):
    asked = flow(url="https://forum.test/post", method="POST", body=b"message=see+you+at+the+river", content_type=FORM)
    gate.through(asked)
    assert sensor.texts == ["see you at the river"]
    assert asked.request.raw_content == b"message=see+you+at+the+river"


def test_a_packed_page_is_read_as_shown(gate, sensor):
    packed = gzip.compress(b"<p>All about rivers</p>")
    gate.through(flow(answer=packed, answer_headers={"content-encoding": "gzip"}, **BROWSER))
    (seen,) = sensor.seen
    assert (seen.text.strip(), seen.channel, seen.direction) == ("All about rivers", Channel.PAGE, Direction.SHOWN)


def test_what_a_page_sends_in_the_pupils_name_is_told_apart(gate, sensor):
    beacon = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "empty"}
    gate.through(
        flow(url="https://ads.test/c", method="POST", body=b"message=see+you+soon", content_type=FORM, **beacon)
    )
    assert {seen.direction for seen in sensor.seen} == {Direction.SENT_BY_PAGE}


CROSS = {"sec_fetch_site": "cross-site"}


@pytest.mark.parametrize(
    "fired",
    [
        CROSS | {"sec_fetch_mode": "cors", "sec_fetch_dest": "empty", "origin": "https://quiz.test"},
        CROSS | {"sec_fetch_mode": "no-cors", "sec_fetch_dest": "empty"},
        CROSS | {"sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
        CROSS | {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document", **BROWSER},
        {"sec_purpose": "prefetch;prerender", "sec_fetch_site": "none", **BROWSER},
        {"referer": "https://quiz.test/", **BROWSER},
    ],
)
def test_a_hostile_page_that_fires_searches_has_the_pupil_write_nothing(gate, sensor, fired):
    gate.through(flow(url=SEARCH, **fired))
    assert {seen.direction for seen in sensor.seen} <= {Direction.SENT_BY_PAGE}


@pytest.mark.parametrize(
    ("answer_headers", "asked"),
    [
        ({"content-type": "image/png"}, {"sec_fetch_dest": "image"}),
        ({"content-type": "application/javascript"}, {"sec_fetch_dest": "script"}),
        ({"content-type": "video/mp4"}, {}),
        ({"content-type": "text/html"}, {"sec_fetch_dest": "iframe", "sec_fetch_site": "cross-site"}),
    ],
)
def test_what_is_not_words_for_the_person_flows_straight_through(gate, sensor, answer_headers, asked):
    passed = gate.through(flow(answer=b"rivers of wales", answer_headers=answer_headers, **asked))
    assert passed.response.stream is True
    assert gate.read() == []


@pytest.mark.parametrize(
    ("status", "to", "read"),
    [(300, "", True), (300, "/a", True), (302, "", True), (305, "/a", True), (302, "/a", False), (308, "/a", False),
     (304, "", False)],
)  # fmt: skip
def test_a_redirect_is_not_shown_and_what_leads_nowhere_is(gate, status, to, read):
    headers = {"content-type": "text/html"} | ({"location": to} if to else {})
    gate.through(flow(answer=b"<p>rivers of wales</p>", answer_headers=headers, status=status, **BROWSER))
    assert gate.read() == (["rivers of wales"] if read else [])


@pytest.mark.parametrize("kind", ["html", "", "utf-8"])
def test_a_page_whose_type_names_none_is_read_as_what_it_is(gate, kind):
    page = b"<!DOCTYPE html><html><body><p>rivers of wales</p></body></html>"
    gate.through(flow(answer=page, answer_headers={"content-type": kind}, **BROWSER))
    assert gate.read() == ["rivers of wales"]


@pytest.mark.parametrize(
    ("site", "read"), [("same-origin", ["All about rivers"]), ("cross-site", []), ("", ["All about rivers"])]
)
def test_data_a_page_fetches_is_read_unless_it_is_a_strangers(gate, site, read):
    answer = b'{"title": "All about rivers"}'
    gate.through(flow(answer=answer, answer_headers={"content-type": "application/json"}, sec_fetch_site=site))
    assert gate.read() == read


def test_what_must_not_be_read_flows_straight_through(gate):
    left = flow(
        url="http://nhs.uk/?q=sore+throat",
        method="POST",
        body=b"message=ouch",
        content_type=FORM,
        answer=b"<p>x</p>",
        **BROWSER,
    )
    left.metadata[UNREAD] = True
    gate.through(left)
    assert (left.request.stream, left.response.stream) == (True, True)
    assert gate.read() == []
    assert gate.recorder.size == 0


def test_of_a_body_too_large_to_hold_back_the_first_part_is_read(sensor):
    gate = Gate(sensor, limits=Limits(held=100, first=50))
    page = b"<p>rivers of wales</p>" + b"x" * 1000
    passed = gate.through(flow(answer=page, answer_headers={"content-length": str(len(page))}, **BROWSER))
    assert isinstance(passed.response.stream, FirstPart)
    assert "rivers of wales" in gate.read()[0]
    assert gate.watchdog.report()["unread"] == {"large": 1}


def test_a_text_that_turns_out_too_long_is_counted(gate):
    passing = flow(answer=b"<p>x</p>", **BROWSER)
    passing.response.raw_content, passing.response.stream = None, True  # as mitmproxy does half-way
    asyncio.run(gate.addon.response(passing))
    gate.read()
    assert gate.watchdog.report()["unread"] == {"large": 1}


def test_a_body_in_a_coding_nobody_knows_passes_and_is_counted(gate):
    gate.through(flow(answer=b"\x00\x01", answer_headers={"content-encoding": "morse"}, **BROWSER))
    assert gate.watchdog.report()["unread"] == {"coding": 1}


def test_an_event_stream_is_never_held_back_and_is_read_all_the_same(gate):
    events = b'data: {"content": "rivers of wales"}\n\n'
    passed = gate.through(flow(answer=events, answer_headers={"content-type": "text/event-stream"}))
    assert callable(passed.response.stream)
    assert "rivers of wales" in " ".join(gate.read())


def test_a_chat_held_back_for_long_is_not_held_back_again(gate):
    push = {"answer": b"rivers of wales\n", "answer_headers": {"content-type": "text/plain"}}
    first = flow(url="https://chat.test/push?since=1", **push)
    first.response.timestamp_start -= 60
    assert gate.through(first).response.stream is False
    assert callable(gate.through(flow(url="https://chat.test/push?since=2", **push)).response.stream)


def test_a_broken_connection_does_not_lose_what_came_of_a_stream(gate):
    passing = flow(answer=b"", answer_headers={"content-type": "text/event-stream"})
    gate.addon.responseheaders(passing)
    passing.response.stream(b'data: {"content": "rivers of wales"}\n\n')
    gate.addon.error(passing)
    assert "rivers of wales" in " ".join(gate.read())


def test_an_inspection_that_hangs_lets_the_page_pass():
    release, sensor = threading.Event(), SensorDouble()
    gate = Gate(sensor, seconds=0.05)
    sensor.observe = lambda *_: release.wait()
    gate = Gate(sensor, seconds=0.05)
    gate.through(flow(answer=b"<p>rivers</p>", **BROWSER))
    assert gate.watchdog.report()["unread"]["timeout"] >= 1
    release.set()


def test_a_fault_in_a_hook_lets_the_page_pass_and_is_counted(gate):
    gate.recorder.keep = lambda *_: 1 / 0
    gate.through(flow(answer=b"<p>rivers</p>", **BROWSER))
    assert gate.watchdog.report()["faults"] == {"response": 1}


def entries(evidence):
    return [entry["request"]["url"] for entry in json.loads(evidence.index)["log"]["entries"]]


def test_a_flagged_page_comes_with_itself_at_once_and_with_its_pictures_later():
    sensor = SensorDouble(flags="rivers")
    gate = Gate(sensor)
    gate.through(flow(url="https://forum.test/thread", answer=b"<p>rivers</p>", **BROWSER))
    picture = flow(
        url="https://forum.test/a.png",
        answer=b"p",
        answer_headers={"content-type": "image/png"},
        referer="https://forum.test/thread",
    )
    gate.recorder.keep(picture, exchange(picture, b"p"))
    assert [entries(e) for e in sensor.evidence] == [["https://forum.test/thread"]]
    assert [entries(later()) for later in sensor.later] == [["https://forum.test/thread", "https://forum.test/a.png"]]


def test_a_flagged_search_comes_with_the_page_that_answered_it():
    sensor = SensorDouble(flags="rivers of wales")
    gate = Gate(sensor)
    gate.through(flow(url=SEARCH, answer=b"<p>Severn, Wye</p>", **BROWSER))
    (later,) = sensor.later
    assert b"<p>Severn, Wye</p>" in later().bodies.values()
    assert b"<p>Severn, Wye</p>" not in sensor.evidence[0].bodies.values()


def test_a_flagged_form_comes_with_what_was_sent():
    sensor = SensorDouble(flags="at the river")
    gate = Gate(sensor)
    gate.through(
        flow(url="https://forum.test/post", method="POST", body=b"message=see+you+at+the+river", content_type=FORM)
    )
    assert b"message=see+you+at+the+river" in sensor.evidence[0].bodies.values()
    assert sensor.later == [None]


def grpc(*texts):
    messages = (b"\x0a" + bytes([len(text)]) + text for text in texts)
    return b"".join(b"\0" + len(one).to_bytes(4) + one for one in messages)


def test_a_call_that_may_be_a_conversation_is_never_held_back(gate):
    call = flow(url="https://chat.test/Say", method="POST", body=grpc(b"see you at the river"),
                content_type="application/grpc")  # fmt: skip
    gate.through(call)
    assert isinstance(call.request.stream, FirstPart)
    assert gate.read() == ["see you at the river"]


def test_an_answer_in_frames_is_passed_on_as_it_comes(gate):
    body = grpc(b"see you at the river", b"see you there then")
    answered = flow(
        url="https://chat.test/Listen", answer=body, answer_headers={"content-type": "application/grpc-web"}
    )
    gate.through(answered)
    assert gate.read() == ["see you at the river\nsee you there then"]


@pytest.mark.parametrize(("size", "read"), [({}, []), ({"content-length": "31"}, ["see you at the river"])])
def test_bytes_without_a_kind_are_held_back_only_where_they_say_that_they_are_few(gate, size, read):
    kind = {"content-type": "application/octet-stream"} | size
    gate.through(flow(answer=b'{"title":"see you at the river"}', answer_headers=kind))
    assert gate.read() == read


def test_a_stream_in_a_coding_nobody_knows_passes_and_is_counted(gate):
    kind = {"content-type": "text/event-stream", "content-encoding": "dcz"}
    answered = gate.through(flow(answer=b"\x00\xff", answer_headers=kind))
    assert isinstance(answered.response.stream, EventStream)
    assert gate.read() == []
    assert gate.watchdog.report()["unread"] == {"coding": 1}


@pytest.mark.parametrize(("fetched_as", "read"), [("empty", True), ("script", False), ("", False)])
def test_json_that_goes_by_a_programs_type_is_read_where_a_page_fetches_it(gate, sensor, fetched_as, read):
    guarded = b'for (;;);{"comments": [{"author": "jo", "text": "see you at the river"}]}'
    kind = {"content-type": "application/x-javascript; charset=utf-8"}
    asked = {"sec_fetch_dest": fetched_as, "sec_fetch_site": "same-origin"} if fetched_as else {}
    passing = gate.through(flow(answer=guarded, answer_headers=kind, **asked))
    assert (passing.response.stream is False) is read
    gate.read()
    assert sensor.texts == (["see you at the river"] if read else [])


def test_an_answer_that_calls_a_function_the_address_names_is_read(gate, sensor):
    answer = b'show_4({"comments": [{"author": "jo", "text": "see you at the river"}]});'
    gate.through(flow(url="https://forum.test/said?comment=meet+me+by+the+bridge&callback=show_4", answer=answer,
                      answer_headers={"content-type": "text/javascript"}, sec_fetch_dest="script",
                      sec_fetch_site="same-site"))  # fmt: skip
    gate.read()
    assert sensor.texts == ["meet me by the bridge", "see you at the river"]


def test_a_program_that_a_page_fetches_says_nothing(gate, sensor):
    program = b"{ let words = 'see you at the river tonight'; show(words) }"
    gate.through(flow(answer=program, answer_headers={"content-type": "text/javascript"}, sec_fetch_dest="empty",
                      sec_fetch_site="same-origin"))  # fmt: skip
    gate.read()
    assert sensor.texts == []


def test_what_is_packed_without_saying_so_is_unpacked(gate, sensor):
    packed = gzip.compress(b'{"comment": "see you at the river"}')
    gate.through(flow(method="POST", body=packed, content_type="application/json"))
    gate.read()
    assert sensor.texts == ["see you at the river"]
