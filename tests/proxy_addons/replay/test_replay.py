import asyncio
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.report import as_json
from proxy_addons.replay.spectator import Onlooker
from proxy_addons.replay.tls.key_log import KeyLog
from tests.proxy_addons.replay.blocks import LITTLE
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import (
    PUPIL,
    WORDS,
    Talk,
    answer,
    captured,
    get,
    library,
    request,
    search,
    write,
)
from tests.proxy_addons.replay.tls_talk import TlsTalk


def test_the_same_file_twice_says_the_same_ids_included(replayed: Replayed) -> None:
    packets = Talk().hello().up(search()).down(answer()).up(get()).down(answer()).bye().packets
    assert as_json(replayed(packets)) == as_json(replayed(packets))


def test_another_file_gives_other_ids(tmp_path: Path) -> None:
    file = write(tmp_path / "talk.pcap", Talk().hello().up(search()).down(answer()).packets)
    ids = {
        detection.observation.id
        for sha256 in ("0" * 64, "1" * 64)
        for detection in asyncio.run(replay(file, sha256, Onlooker(library()))).detections
    }
    assert len(ids) == 2


def test_the_same_words_are_reported_once_in_ten_minutes_of_the_capture(replayed: Replayed) -> None:
    talks = [Talk(client=(PUPIL, port), at=1_772_539_200 + 240 * port).hello().up(search()) for port in range(1, 5)]
    assert len(replayed(p for talk in talks for p in talk.down(answer()).bye().packets).detections) == 2


SAID = st.sampled_from(
    [
        get(),
        request("POST", "/say", b"message=hello", Content_Type="application/x-www-form-urlencoded"),
        request("POST", "/say", Transfer_Encoding="chunked"),
        b"5\r\nhello\r\n0\r\n\r\n",
        answer(),
        answer(b"gzip", Content_Encoding="gzip"),
        answer(b"", status=101, Upgrade="websocket"),
        get(Upgrade="websocket", Sec_WebSocket_Version="13"),
        b"CONNECT a.test:80 HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x05\x01\x00",
        b"\x05\x00",
        b"\x16\x03\x01",
        b"GET /old\r\n",
    ]
) | st.binary(max_size=30)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), SAID), max_size=12), st.sets(st.integers(0, 40), max_size=3), st.integers(5, 500)
)
def test_whatever_two_ends_say_and_whatever_of_it_is_missing_nothing_fails(
    replayed: Replayed, said: list[tuple[bool, bytes]], lost: set[int], mss: int
) -> None:
    talk = Talk(mss=mss).hello()
    for up, data in said:
        talk.up(data) if up else talk.down(data)
    outcome = replayed(p for n, p in enumerate(talk.bye().packets) if n not in lost)
    assert "faults of ours" not in {what for what, _ in outcome.unread}


def of_pcapng(
    file: Path, tls: TlsTalk, before: bytes = b"", behind: bytes = b"", keys: KeyLog | None = None
) -> Outcome:
    """A file with the lines of key logs ``before`` its packets and ``behind`` them."""
    b = LITTLE
    packets = b"".join(b.packet(p.data, int(p.at * 1e6)) for p in captured(tls.packets))
    file.write_bytes(b.section() + b.interface() + b.keys(before) + packets + b.keys(behind))
    return asyncio.run(replay(file, "0" * 64, Onlooker(library()), keys=keys))


def test_secrets_in_the_file_open_its_tls_as_those_of_a_key_log_do_wherever_they_are(tmp_path: Path) -> None:
    tls = TlsTalk().hello().up(search()).down(answer()).bye()
    keys, lines = KeyLog(), b"\n".join(tls.lines)
    assert not keys.add(tls.lines).bad
    by_key_log = of_pcapng(tmp_path / "tls", tls, keys=keys)
    assert [d.observation.text for d in by_key_log.detections] == [WORDS]
    assert asked(by_key_log) == [("GET", "https://news.test/search?q=nobody+likes+you", 200)]
    assert not by_key_log.unread
    for outcome in (of_pcapng(tmp_path / "tls", tls, before=lines), of_pcapng(tmp_path / "tls", tls, behind=lines)):
        assert as_json(outcome) == as_json(by_key_log)


def test_secrets_in_one_file_are_for_no_other(tmp_path: Path) -> None:
    tls, keys = TlsTalk().hello().up(search()).bye(), KeyLog()
    assert of_pcapng(tmp_path / "tls", tls, before=b"\n".join(tls.lines), keys=keys).detections
    assert not of_pcapng(tmp_path / "tls", tls, keys=keys).detections


def test_lines_in_the_file_that_are_of_no_key_log_are_counted(tmp_path: Path) -> None:
    tls = TlsTalk().hello().up(search()).down(answer()).bye()
    outcome = of_pcapng(tmp_path / "tls", tls, before=b"deadbeef\n# a word\n" + b"\n".join(tls.lines) + b"\nbad")
    assert len(outcome.detections) == 1
    assert outcome.unread == {("lines of TLS keys in the file", "not of a key log"): 2}
