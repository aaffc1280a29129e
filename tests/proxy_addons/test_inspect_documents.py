"""Documents pass as they come, whichever way, and are read afterwards."""

import asyncio
import base64
import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from detection.documents.carried import MOST_FILES
from detection.documents.child import Child
from detection.observation import Channel, Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.document_copy import DocumentCopy
from proxy_addons.document_reading import DocumentReading
from proxy_addons.first_part import FirstPart
from proxy_addons.inspect_documents import DocumentLimits, InspectDocuments
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspection import Inspection
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.upload_ranges import SECONDS
from proxy_addons.watchdog import Watchdog
from tests.detection.documents.factories import OFFICE, docx, pdf
from tests.proxy_addons.factories import flow
from tests.proxy_addons.sensor_double import SensorDouble

LETTER = docx("see you at the river")
WORD = f"{OFFICE}.wordprocessingml.document"
FORM = "multipart/form-data; boundary=xyz"


@pytest.fixture(scope="module")
def child():
    made = Child()
    yield made
    made.close()


@pytest.fixture
def gate(child):
    return Gate(child)


class Gate:
    """The addon after the one that reads web traffic, as in the gateway."""

    def __init__(self, child, held=4 << 20, limits=DocumentLimits()):  # noqa: B008 - frozen
        self.sensor, self.watchdog = SensorDouble(), Watchdog()
        self.inspection = Inspection(self.watchdog, seconds=20, pending_bytes=1 << 24)
        self.documents = Inspection(self.watchdog, seconds=20, pending_bytes=1 << 24, thread="documents")
        reader = Reader(self.sensor.observe, self.watchdog)
        recorder = Recorder(self.watchdog, most_bytes=1 << 20, minutes=10, part_bytes=1000)
        reading = DocumentReading(child, reader, self.documents, self.inspection, self.watchdog, 16 << 20)
        self.web = InspectWeb(reader, self.inspection, recorder, self.watchdog, Limits(held=held, first=held))
        self.addon = InspectDocuments(reading, self.watchdog, limits)

    def through(self, passing):
        asyncio.run(self._through(passing))
        return passing

    async def _through(self, passing):
        self.web.requestheaders(passing)
        self.addon.requestheaders(passing)
        _stream(passing.request)
        await self.web.request(passing)
        self.addon.request(passing)
        if passing.response:
            self.web.responseheaders(passing)
            self.addon.responseheaders(passing)
            _stream(passing.response)
            await self.web.response(passing)
            self.addon.response(passing)

    def read(self):
        self.documents.close(20)
        self.inspection.close(20)
        return self.sensor.texts


def _stream(carrier):
    if carrier.stream and carrier.raw_content:
        if callable(carrier.stream):
            assert carrier.stream(carrier.raw_content) == carrier.raw_content
            carrier.stream(b"")
        carrier.raw_content = None


def upload(body, media_type="", method="PUT", **headers):
    typed = {"content_type": media_type} if media_type else {}
    return flow(url="https://drive.test/upload?id=7", method=method, body=body, **typed, **headers)


def download(body, media_type="", **headers):
    asked = flow(url="https://files.test/letter", answer=body, sec_fetch_dest="document")
    asked.response.headers.clear()
    for name, value in ({"content_type": media_type} if media_type else {} | headers).items():
        asked.response.headers[name.replace("_", "-")] = value
    return asked


@pytest.mark.parametrize("media_type", [WORD, "application/octet-stream", "", "application/zip"])
def test_a_document_that_is_sent_is_read_as_written(gate, media_type):
    gate.through(upload(LETTER, media_type))
    assert gate.read() == ["see you at the river"]
    (seen,) = gate.sensor.seen
    assert (seen.channel, seen.direction) == (Channel.DOCUMENT, Direction.WRITTEN)


@pytest.mark.parametrize("media_type", ["application/pdf", "application/octet-stream", ""])
def test_a_document_that_is_fetched_is_read_as_shown(gate, media_type):
    gate.through(download(pdf("see you at the river"), media_type))
    assert gate.read() == ["see you at the river"]
    (seen,) = gate.sensor.seen
    assert (seen.channel, seen.direction) == (Channel.DOCUMENT, Direction.SHOWN)


def test_none_is_held_back(gate):
    passed = gate.through(download(LETTER, WORD))
    assert isinstance(passed.response.stream, DocumentCopy)
    assert isinstance(gate.through(upload(LETTER, WORD)).request.stream, DocumentCopy)


@pytest.mark.parametrize(("make", "direction"), [(upload, Direction.WRITTEN), (download, Direction.SHOWN)])
def test_a_document_in_json_is_read_beside_its_words(gate, make, direction):
    body = {"message": "look at this please", "data": base64.b64encode(LETTER).decode()}
    gate.through(make(json.dumps(body).encode(), "application/json"))
    assert sorted(gate.read()) == ["look at this please", "see you at the river"]
    assert {seen.direction for seen in gate.sensor.seen} == {direction}


@pytest.mark.parametrize("held", [4 << 20, 100])
def test_the_files_in_a_form_are_read_beside_its_fields(child, held):
    gate = Gate(child, held=held)
    head = b'--xyz\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    file = head % (b"f", b'; filename="my letter.docx"\r\nContent-Type: application/octet-stream', LETTER)
    body = head % (b"message", b"", b"look at this please") + file + b"--xyz--\r\n"
    gate.through(upload(body, FORM, "POST", content_length=str(len(body))))
    texts = gate.read()
    assert "see you at the river" in texts
    assert "look at this please" in texts


def test_an_upload_in_ranges_is_read_when_the_last_has_come(gate):
    whole = LETTER + bytes(3000)  # what follows an archive's directory does not matter
    for first in range(0, len(whole), 1000):
        piece = whole[first : first + 1000]
        last = first + len(piece) - 1
        gate.through(upload(piece, WORD, content_range=f"bytes {first}-{last}/{len(whole)}"))
    assert gate.read() == ["see you at the river"]


@pytest.mark.parametrize(
    ("body", "media_type"), [(b"see you", "application/octet-stream"), (b"\x89PNG", "image/png"), (b"x", "video/mp4")]
)
def test_what_is_no_document_is_not_read(gate, body, media_type):
    gate.through(upload(body, media_type))
    gate.through(download(body, media_type))
    assert gate.read() == []
    assert "documents" not in gate.watchdog.counts()


def test_what_a_page_loads_for_itself_is_not_read(gate):
    passing = download(LETTER, "application/octet-stream")
    passing.request.headers["sec-fetch-dest"] = "script"
    gate.through(passing)
    assert gate.read() == []


def test_what_must_not_be_read_flows_straight_through(gate):
    for left in (upload(LETTER, WORD), upload(LETTER), download(LETTER, WORD)):
        left.metadata[UNREAD] = True
        gate.through(left)
    assert gate.read() == []


def test_what_turns_out_to_be_left_alone_is_let_go(child):
    gate = Gate(child, limits=DocumentLimits(together=len(LETTER)))
    listed = download(LETTER, WORD)
    gate.addon.responseheaders(listed)
    assert isinstance(listed.response.stream, FirstPart | bool)
    listed.metadata[UNREAD] = True
    gate.addon.response(listed)
    gate.through(upload(LETTER, WORD))
    assert gate.read() == ["see you at the river"]


def test_a_packed_document_is_unpacked_first(gate):
    packed = download(gzip.compress(LETTER), WORD)
    packed.response.headers["content-encoding"] = "gzip"
    gate.through(packed)
    assert gate.read() == ["see you at the river"]


def test_a_broken_connection_gives_its_room_back(child):
    gate = Gate(child, limits=DocumentLimits(together=len(LETTER)))
    for _ in range(3):
        broken = upload(bytes(1000), "application/octet-stream")
        gate.web.requestheaders(broken)
        gate.addon.requestheaders(broken)
        broken.request.stream(bytes(min(1000, len(LETTER))))
        gate.addon.error(broken)
    gate.through(upload(LETTER, WORD))
    assert gate.read() == ["see you at the river"]


@pytest.mark.parametrize("make", [upload, download])
def test_of_one_whose_connection_breaks_what_had_come_is_read_and_the_rest_counted(child, make):
    gate = Gate(child)
    broken = make(LETTER, WORD)
    gate.web.requestheaders(broken)
    gate.addon.requestheaders(broken)
    if broken.response:
        gate.web.responseheaders(broken)
        gate.addon.responseheaders(broken)
    carrier = broken.response or broken.request
    carrier.stream(LETTER[:-40])
    carrier.raw_content = None
    gate.addon.error(broken)
    assert gate.read() == ["see you at the river"]
    assert gate.watchdog.report()["unread"] == {"document-broken": 1}


def test_what_breaks_before_it_was_a_document_is_nothing_unread(gate):
    broken = upload(b"see you", "application/octet-stream")
    gate.web.requestheaders(broken)
    gate.addon.requestheaders(broken)
    broken.request.stream(b"see")
    gate.addon.error(broken)
    assert (gate.read(), gate.watchdog.report()["unread"]) == ([], {})


def part_of(first, last):
    made = download(LETTER[first : last + 1], WORD)
    made.response.status_code = 206
    made.response.headers["content-range"] = f"bytes {first}-{last}/{len(LETTER)}"
    return made


def test_a_range_that_is_fetched_is_read_from_the_beginning_and_another_counted(gate):
    gate.through(part_of(0, len(LETTER) - 1))
    assert gate.watchdog.report()["unread"] == {}
    gate.through(part_of(0, len(LETTER) - 40))
    gate.through(part_of(100, len(LETTER) - 1))
    assert gate.read() == ["see you at the river"] * 2
    assert gate.watchdog.report()["unread"] == {"document-broken": 2}


def test_an_upload_whose_ranges_do_not_follow_each_other_is_counted(gate):
    gate.through(upload(LETTER[:100], WORD, content_range=f"bytes 0-99/{len(LETTER)}"))
    gate.through(upload(LETTER[200:], WORD, content_range=f"bytes 200-{len(LETTER) - 1}/{len(LETTER)}"))
    assert gate.read() == []
    assert gate.watchdog.report()["unread"] == {"document-broken": 1}


def test_an_upload_that_is_never_finished_is_counted(child):
    gate = Gate(child)
    gate.through(upload(LETTER[:100], WORD, content_range=f"bytes 0-99/{len(LETTER)}"))
    gate.addon._now = lambda: datetime.now(UTC) + timedelta(seconds=SECONDS + 1)
    gate.through(upload(b"see you", "text/plain"))
    assert gate.watchdog.report()["unread"] == {"document-broken": 1}


def test_of_more_files_than_are_read_of_one_upload_the_first_are_and_the_rest_counted(gate):
    part = b'--xyz\r\nContent-Disposition: form-data; name="f"; filename="a.docx"\r\n\r\n%s\r\n'
    gate.through(upload(b"".join(part % LETTER for _ in range(MOST_FILES + 2)) + b"--xyz--\r\n", FORM, "POST"))
    assert gate.read().count("see you at the river") == MOST_FILES
    assert gate.watchdog.report()["unread"] == {"document-large": 1}


def test_where_too_many_pass_at_once_that_is_counted(child):
    gate = Gate(child, limits=DocumentLimits(together=10))
    gate.through(upload(LETTER, WORD))
    assert gate.read() == []
    assert gate.watchdog.report()["unread"] == {"overload": 1}


def test_of_a_long_one_the_beginning_is_read_and_that_is_counted(child):
    gate = Gate(child, limits=DocumentLimits(one=len(LETTER)))
    gate.through(upload(LETTER + bytes(100), WORD))
    assert gate.read() == ["see you at the river"]
    assert gate.watchdog.report()["unread"] == {"document-large": 1}
