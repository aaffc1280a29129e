"""What is listed is reported, and kept from everybody who would read or remember it. All that is listed is invented."""

import asyncio
import gzip
import hashlib
import json

import pytest
import urllib3

from detection.observation import Direction
from detection.outbox import OutboxError
from detection.sealed_address import opened
from detection.sealing import Opener
from proxy_addons.body_taps import BodyTaps
from proxy_addons.bypass import UNREAD
from proxy_addons.inspection import Inspection
from proxy_addons.listed_content import ListedContent
from proxy_addons.watchdog import Watchdog
from tests.detection import illegal
from tests.detection.illegal import FILE
from tests.proxy_addons.conftest import RUN, gateway, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.factories import flow
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.sensor_double import SensorDouble

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
WORDS = "i want to hurt myself"
PAGE = f"<p>{WORDS} invented page</p>".encode()
ADDRESSES = ["listed.test", "forum.test/hidden/", "cdn.test/late"]


class Gate:
    def __init__(self, lists, report=None):
        self.sensor, self.watchdog = SensorDouble(), Watchdog()
        self.inspection = Inspection(self.watchdog, seconds=20, pending_bytes=1 << 22)
        report = report or self.sensor.sighted
        self.addon = ListedContent(lists, report, self.inspection, self.watchdog, 1 << 20)
        self.taps = BodyTaps(lists, self.watchdog)

    def through(self, passing, stream=False):
        asyncio.run(self._through(passing, stream))
        return passing

    async def _through(self, passing, stream):
        await self.addon.requestheaders(passing)
        if passing.response:
            passing.response.stream = stream
            self.taps.responseheaders(passing)
            if passing.response.stream:
                if callable(passing.response.stream):
                    passing.response.stream(passing.response.raw_content)
                passing.response.raw_content = None
            await self.addon.response(passing)

    @property
    def seen(self):
        return [(each.direction, each.hit.is_file) for each in self.sensor.sightings]


@pytest.fixture
def gate(tmp_path):
    made = Gate(illegal.lists(tmp_path / "list", addresses=ADDRESSES, bodies=[illegal.SHA256]))
    yield made
    made.inspection.close(20)


@pytest.mark.parametrize(
    ("headers", "how"),
    [
        ({}, Direction.WRITTEN),
        ({"sec_fetch_dest": "document", "sec_fetch_site": "none"}, Direction.WRITTEN),
        ({"sec_fetch_dest": "image", "sec_fetch_site": "same-origin"}, Direction.SENT_BY_PAGE),
        ({"sec_fetch_dest": "iframe", "sec_fetch_site": "cross-site"}, Direction.SENT_BY_PAGE),
    ],
)
def test_a_listed_address_is_reported_and_read_by_nobody_else(gate, headers, how):
    passing = gate.through(flow(url="https://www.listed.test/page?id=7", **headers))
    assert gate.seen == [(how, False)]
    assert passing.metadata[UNREAD]


def test_what_is_not_listed_passes_to_the_others(gate):
    passing = gate.through(flow(url="https://forum.test/visible", answer=b"<p>Rivers of Wales</p>"))
    assert gate.seen == []
    assert UNREAD not in passing.metadata


def test_naming_another_host_in_the_header_hides_nothing(gate):
    passing = flow(url="https://listed.test/page")
    passing.request.host_header = "harmless.test"
    gate.through(passing)
    assert gate.seen == [(Direction.WRITTEN, False)]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_listed_file_is_reported_held_or_streamed_packed_or_not(gate, stream, coding):
    body = gzip.compress(FILE) if coding else FILE
    passing = gate.through(flow(answer=body, answer_headers={"content-encoding": coding}), stream)
    assert gate.seen == [(Direction.SHOWN, True)]
    assert passing.metadata[UNREAD]
    assert passing.response.stream is stream


@pytest.mark.parametrize("coding", ["gzip", "unknown"])
def test_a_body_that_cannot_be_unpacked_is_no_fault(gate, coding):
    gate.through(flow(answer=FILE, answer_headers={"content-encoding": coding}))
    assert gate.seen == []
    assert gate.watchdog.report()["faults"] == {}


def test_a_helpline_is_not_even_looked_up(gate):
    passing = flow(url="https://listed.test/", answer=FILE)
    passing.metadata[UNREAD] = True
    gate.through(passing, True)
    assert gate.seen == []


def test_a_full_disk_is_counted_and_the_request_goes_on(gate, tmp_path):
    def refuse(sighting):
        raise OutboxError("full")

    broken = Gate(illegal.lists(tmp_path / "list", addresses=ADDRESSES), refuse)
    broken.through(flow(url="https://listed.test/"))
    broken.inspection.close(20)
    assert broken.watchdog.report()["faults"] == {"outbox": 1}


# The whole gateway.


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "illegal.pub").write_bytes(bytes(illegal.KEY.verify_key))
    html = hashlib.md5(PAGE).hexdigest()
    illegal.write(folder / "list.signed", addresses=ADDRESSES, bodies=[illegal.SHA256, html])
    own = '[[group]]\nreason = "own"\nwhy = "A test."\ndomains = ["forum.test", "search.test"]\n'
    (folder / "own.toml").write_text(own)
    given = {"illegal_lists": ["list.signed"], "illegal_key": "illegal.pub", "illegal_seconds": 0.1}
    with gateway(folder, sensor=given, bypass="own.toml") as made:
        yield made


def seen_by_the_lead(guarded, address):
    """The report whose sealed address is this one."""
    key = Opener((guarded.folder / "private.key").read_bytes())
    found = (r for r in guarded.appliance.reports if r.detection.category == "illegal")
    return next((r for r in found if opened(r.detection.observation.location, key) == address), None)


def test_a_visit_to_a_listed_address_reaches_the_lead_as_facts_alone(guarded):
    address = "https://forum.test/hidden/page?id=7"
    guarded.web.answers["/hidden/page"] = Answer(PAGE)
    assert guarded.browser().request("GET", address, headers=BROWSER).data == PAGE
    report = eventually(lambda: seen_by_the_lead(guarded, address))
    assert (report.detection.severity, report.evidence) == (5, None)
    assert (report.detection.observation.marks, report.detection.observation.app) == ({"withheld"}, "")
    assert "hidden" not in str(report)
    assert WORDS not in str(report)


def test_a_schools_own_exception_does_not_hide_a_host_with_listed_pages(guarded):
    """forum.test is on this school's list of hosts never to be opened; the visit above was seen all the same."""
    guarded.web.answers["/"] = Answer(b"<p>Rivers</p>")
    assert guarded.browser().request("GET", "https://forum.test/", headers=BROWSER).status == 200
    with pytest.raises(urllib3.exceptions.SSLError):  # not opened: the origin's own certificate, which nobody trusts
        guarded.browser().request("GET", "https://search.test/", headers=BROWSER)


def test_a_listed_picture_is_reported_and_never_becomes_part_of_a_capture(guarded):
    guarded.web.answers["/gallery"] = Answer(b'<img src="/one.png"><img src="/two.png"><p>i want to hurt myself so</p>')
    guarded.web.answers["/one.png"] = Answer(FILE, {"Content-Type": "image/png"})
    guarded.web.answers["/two.png"] = Answer(b"\x89PNG harmless", {"Content-Type": "image/png"})
    browser, page = guarded.browser(), "https://notnhs.uk/gallery"
    browser.request("GET", page, headers=BROWSER)
    for name in ("one", "two"):
        browser.request("GET", f"https://notnhs.uk/{name}.png", headers={"Referer": page, "Sec-Fetch-Dest": "image"})
    assert eventually(lambda: seen_by_the_lead(guarded, "https://notnhs.uk/one.png")).detection.role == "only-exposed"
    seen = eventually(lambda: guarded.appliance.report_of("hurt myself so")).detection.observation
    fuller = eventually(lambda: guarded.appliance.fuller.get(seen.id))
    entries = eventually(lambda: guarded.appliance.index(fuller["index"]))
    assert [entry["request"]["url"] for entry in entries] == [page, "https://notnhs.uk/two.png"]
    assert illegal.SHA256 not in fuller["blobs"].values()


def test_a_page_that_is_listed_by_its_bytes_is_not_read_either(guarded):
    guarded.web.answers["/elsewhere"] = Answer(PAGE)
    guarded.browser().request("GET", "https://notnhs.uk/elsewhere", headers=BROWSER)
    assert eventually(lambda: seen_by_the_lead(guarded, "https://notnhs.uk/elsewhere"))
    guarded.web.answers["/after"] = Answer(f"<p>{WORDS} afterwards</p>".encode())
    guarded.browser().request("GET", "https://notnhs.uk/after", headers=BROWSER)
    eventually(lambda: guarded.appliance.report_of("afterwards"))
    assert guarded.appliance.report_of("invented page") is None


def test_nothing_on_disk_or_in_the_status_names_what_was_visited(guarded):
    status = json.loads((guarded.folder / "state" / "status.json").read_text())
    assert status["sensor"]["illegal_entries"] == len(ADDRESSES) + 2
    assert not any(host in guarded.disk() for host in (b"forum.test", b"hidden", b"one.png"))


def test_a_list_that_breaks_while_it_runs_is_said_in_the_status_and_stays_in_force(guarded):
    file, status = guarded.folder / "list.signed", guarded.folder / "state" / "status.json"
    good = file.read_bytes()
    file.write_bytes(good[:-1])
    said = eventually(lambda: json.loads(status.read_text())["sensor"]["illegal_error"])
    assert said.endswith("is not signed with the key for such lists, or was changed since")
    guarded.browser().request("GET", "https://cdn.test/late", headers=BROWSER)
    assert eventually(lambda: seen_by_the_lead(guarded, "https://cdn.test/late"))
    file.write_bytes(good)
    assert eventually(lambda: json.loads(status.read_text())["sensor"]["illegal_error"] == "")


@pytest.mark.parametrize("content", [None, b"unsigned"])
def test_a_gateway_does_not_start_with_a_list_that_will_not_do(tmp_path, guarded, content):
    file = tmp_path / "list.signed"
    if content:
        file.write_bytes(content)
    given = {"illegal_lists": [str(file)], "illegal_key": "illegal.pub"}
    config = settings(guarded.folder, guarded.appliance.url, {}, sensor=given, state=str(tmp_path / "state"))
    with started(RUN, config) as refused:
        _, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith(f"gateway: {file}: illegal_lists: ")
    assert said.count("\n") == 1
