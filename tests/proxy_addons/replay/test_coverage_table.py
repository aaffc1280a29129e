import json

from proxy_addons.replay.coverage import Amount
from proxy_addons.replay.coverage_table import MOST, as_fields, rows, tables
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get, search
from tests.proxy_addons.replay.test_within_tls import HELLO


def test_the_tables_can_be_read(replayed: Replayed) -> None:
    talk = Talk().hello().up(search()).down(answer(b"<p>Good morning to all.</p>")).bye()
    tls = Talk(client=("10.1.0.9", 40001)).hello().up(HELLO).bye()
    lines = [line.split("  ") for line in tables(replayed(talk.packets + tls.packets))]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells == [
        ["protocol", "messages", "bytes", "passages", "detections", "not read"],
        ["HTTP/1.1", "1", "27", "2", "1", "–"],
        ["TLS", "0", "0", "0", "0", "TLS connections (the handshake is not whole in the capture) 1"],
        [],
        ["app", "messages", "bytes", "passages", "detections", "not read"],
        ["news.test", "1", "27", "2", "1", "TLS connections (the handshake is not whole in the capture) 1"],
        [],
    ]


def test_of_nothing_there_is_no_table(replayed: Replayed) -> None:
    assert list(tables(replayed(Talk().hello().bye().packets)))[1:] != []
    assert rows({}) == []


def test_a_long_table_ends_in_a_sum() -> None:
    amounts = {f"host{n}.test": Amount(messages=1, bytes=10) for n in range(MOST + 3)}
    shown = rows(amounts)
    assert len(shown) == MOST + 1
    assert shown[-1][:3] == ("and 3 more", "3", "30")


def test_a_hosts_name_cannot_steer_a_terminal(replayed: Replayed) -> None:
    talk = Talk().hello().up(get("/", "news\x1b[2J.test")).down(answer()).bye()
    assert "\x1b" not in "".join(tables(replayed(talk.packets)))


def test_as_json_the_names_are_keys(replayed: Replayed) -> None:
    said = json.loads(json.dumps(as_fields(replayed(Talk().hello().up(search()).down(answer()).bye().packets))))
    assert said["protocols"] == [
        {"name": "HTTP/1.1", "messages": 1, "bytes": 13, "passages": 2, "detections": 1, "unread": []}
    ]
    assert [app["name"] for app in said["apps"]] == ["news.test"]
