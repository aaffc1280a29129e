import asyncio
from pathlib import Path

from mitmproxy.test import tflow

from proxy_addons.replay.dns_message import lookup
from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.report import as_json
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.conftest import asked
from tests.proxy_addons.replay.dns_talk import HIDES, query
from tests.proxy_addons.replay.factories import NOON, PUPIL, WORDS, library
from tests.proxy_addons.replay.flows import SEARCH, chat, dump, entry, flow, har


def played(file: Path) -> Outcome:
    return asyncio.run(replay(file, "0" * 64, Onlooker(library())))


def test_a_dump_is_read_and_says_the_same_each_time_ids_included(tmp_path: Path) -> None:
    file = dump(tmp_path / "any.name", [flow()])
    outcome = played(file)
    (detection,) = outcome.detections
    assert (detection.observation.text, detection.observation.subject.address) == (WORDS, PUPIL)
    assert detection.observation.seen_at.isoformat().startswith("2026-03-03T12:00:00")
    assert asked(outcome) == [("GET", SEARCH, 200)]
    assert [body.bytes for body in outcome.ledger.bodies] == [13]
    assert (outcome.read, outcome.unread) == ({"flows": 1, "requests": 1}, {})
    assert as_json(played(file)) == as_json(outcome)


def test_flows_are_seen_in_order_of_time_not_of_the_dump(tmp_path: Path) -> None:
    late, early = flow("https://b.test/", at=2_000_000_000), flow("https://a.test/")
    outcome = played(dump(tmp_path / "d", [late, early]))
    assert [url for _, url, _ in asked(outcome)] == ["https://a.test/", "https://b.test/"]


def test_messages_of_a_websocket_are_read(tmp_path: Path) -> None:
    outcome = played(dump(tmp_path / "d", [chat((True, f'{{"text": "{WORDS}"}}'), (False, '{"text": "oh"}'))]))
    assert [d.observation.text for d in outcome.detections] == [WORDS]


def test_what_the_gateway_never_opens_is_not_read(tmp_path: Path) -> None:
    outcome = played(dump(tmp_path / "d", [flow("https://www.nhs.uk/search?q=nobody+likes+you")]))
    assert not outcome.detections
    assert not asked(outcome)
    assert outcome.unread == {("messages to hosts that are never opened", "health"): 1}


def test_a_lookup_is_read_at_its_time(tmp_path: Path) -> None:
    looked_up = tflow.tdnsflow(req=lookup(query(), NOON + 7), resp=True)
    looked_up.client_conn.peername = (PUPIL, 40053)
    outcome = played(dump(tmp_path / "d", [looked_up]))
    (found,) = outcome.detections
    seen = found.observation
    assert (seen.text, seen.subject.address, seen.seen_at.timestamp()) == (HIDES, PUPIL, NOON + 7)
    assert outcome.read["lookups"] == 1
    assert not outcome.unread


def test_what_is_no_http_is_counted(tmp_path: Path) -> None:
    outcome = played(dump(tmp_path / "d", [tflow.ttcpflow(), flow()]))
    assert len(outcome.detections) == 1
    assert outcome.unread == {("flows", "of TCP, which are read from captures of packets only"): 1}


def test_a_har_of_chromiums_is_read(tmp_path: Path) -> None:
    outcome = played(har(tmp_path / "har", entry()))
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert asked(outcome) == [("GET", SEARCH, 200)]
    assert not outcome.unread


def test_of_a_damaged_recording_the_rest_is_read(tmp_path: Path) -> None:
    outcome = played(har(tmp_path / "har", {"request": {}}, entry()))
    assert len(outcome.detections) == 1
    assert outcome.damage == ("entry 1: response is missing",)
