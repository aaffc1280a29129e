import json

from proxy_addons.replay.report import as_json, summary, table
from proxy_addons.replay.tls.layer import NOT_WHOLE
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search
from tests.proxy_addons.replay.test_within_tls import HELLO


def test_the_json_has_the_promised_shape(replayed: Replayed) -> None:
    talk = Talk().hello().up(search()).down(answer()).bye()
    tls = Talk(client=("10.1.0.9", 40001)).hello().up(HELLO).bye()
    said = json.loads(as_json(replayed(talk.packets + tls.packets)))
    assert list(said) == ["file", "detections", "requests", "bodies", "read", "unread"]
    assert said["file"].endswith("talk.pcap")
    assert said["requests"] == [{"method": "GET", "url": "http://news.test/search?q=nobody+likes+you", "status": 200}]
    assert [set(body) for body in said["bodies"]] == [{"sha256", "bytes", "type"}]
    assert set(said["read"]) == {"packets", "connections", "bytes of TCP", "requests"}
    assert said["unread"] == [{"what": "TLS connections", "reason": f"{NOT_WHOLE} (to news.test)", "count": 1}]
    assert said["detections"][0]["text"] == WORDS


def test_bytes_that_are_no_text_still_make_json(replayed: Replayed) -> None:
    said = as_json(
        replayed(Talk().hello().up(get("/\udcff".encode("utf-8", "surrogateescape").decode("latin-1"))).packets)
    )
    assert json.loads(said)["requests"]
    raw = Talk().hello().up(b"GET /\xff\xfe HTTP/1.1\r\nHost: \xff.test\r\n\r\n").down(answer()).bye()
    assert json.loads(as_json(replayed(raw.packets)).encode())["requests"]


def test_a_detection_is_a_line_under_its_headings(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(search()).down(answer()).bye().packets)
    headings, line = table(outcome)
    assert headings.split() == ["when", "severity", "category", "channel", "who", "where", "words"]
    assert [cell.strip() for cell in line.split("  ") if cell] == [
        *("2026-03-03 12:00:00", "3", "bullying", "search written", "10.1.0.7", "news.test", WORDS)
    ]


def test_where_nothing_was_found_there_is_no_table(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(get()).down(answer()).bye().packets)
    assert list(table(outcome)) == []
    assert "talk.pcap: detections 0. Read: packets 10, connections 1, bytes of TCP 133, requests 1." in summary(outcome)
    assert summary(outcome).endswith("Not read: nothing.")


def test_nothing_recorded_reaches_the_terminal_as_a_command(replayed: Replayed) -> None:
    talk = Talk().hello().up(search(WORDS, Host="news\x1b[2J.test")).down(answer()).bye()
    lines = list(table(replayed(talk.packets)))
    assert "\x1b" not in "".join(lines)


def test_the_summary_is_one_line_whatever_was_not_read(replayed: Replayed) -> None:
    talks = [Talk(client=("10.1.0.9", port)).hello().up(HELLO).bye() for port in (1, 2)]
    said = summary(replayed(p for talk in talks for p in talk.packets))
    assert said.endswith(f"Not read: TLS connections ({NOT_WHOLE}) 2.")
    assert "\n" not in said
