import asyncio
import json
import os
import signal
from pathlib import Path

import pytest
from scapy.layers.inet import IP, UDP
from scapy.packet import Packet

from proxy_addons.replay import jobs
from proxy_addons.replay.command import main
from proxy_addons.replay.jobs import JobError, Part, played
from proxy_addons.replay.replay import replay
from proxy_addons.replay.share import Share
from proxy_addons.replay.spectator import Onlooker
from tests.detection import libraries
from tests.proxy_addons.replay.dns_talk import HIDES, over_tcp, over_udp, query
from tests.proxy_addons.replay.factories import NOON, WORDS, Talk, answer, get, library, search, typed, write
from tests.proxy_addons.replay.test_clear_conversation import SAYS, spoken

CLIENTS = 12


@pytest.fixture(autouse=True)
def however_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SMALL", 0)


def crowd() -> list[Packet]:
    """Pupils at the same time: who searches, who reads, who writes and stops, who is recorded without a beginning."""
    packets = list[Packet]()
    for n in range(CLIENTS):
        talk = Talk(client=(f"10.1.0.{n}", 40000 + n), at=NOON + n / 7, step=0.05)
        if n % 3:
            talk.hello()
        talk.up(search(f"{WORDS} {n}" if n % 2 else WORDS)).down(answer())
        talk.up(get(f"/{n}")).down(answer(b"<p>they say " + WORDS.encode() + b"</p>"))
        for save in typed(f"all say {n} that ", WORDS):
            talk.up(save).down(answer())
        talk.at += 2 * n
        talk.up(get("/later")).down(answer(b"<p>Nothing.</p>"))
        packets += talk.bye().packets[:-4] if n % 5 == 0 else talk.bye().packets
        packets += lookups(f"10.1.0.{n}", NOON + n % 4 / 10)
    other = IP(src="10.1.0.1", dst="192.0.2.53") / UDP(sport=5353, dport=9) / b"other"
    other.time = NOON + 1
    chats = spoken(Talk(client=("10.1.0.99", 6667), server=("192.0.2.80", 6667)).hello(), SAYS["IRC"]).bye()
    return sorted([*packets, other, *chats.packets], key=lambda packet: packet.time)


def lookups(client: str, at: float) -> list[Packet]:
    """Several devices at once: names that are known, one that is not, and what cannot be read."""
    packets = [over_udp(query(f"{client}.{HIDES}"), client=client, at=at + number / 1000) for number in range(3)]
    packets += [over_udp(query("news.test"), client=client, at=at), over_udp(query()[:20], client=client, at=at)]
    asks = Talk(client=(client, 50053), server=("192.0.2.53", 53), at=at, step=0.01)
    return packets + asks.hello().up(over_tcp(query("surfshark.com"), query("news.test"))).bye().packets


def said(file: Path, folder: Path, number: int, capsys: pytest.CaptureFixture[str]) -> str:
    phrases = str(libraries.write(folder / f"phrases-{number}"))
    assert main([str(file), "--json", "--coverage", "--library", phrases, "--jobs", str(number)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("number", [2, 5])
def test_however_many_jobs_there_are_the_output_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    file = write(tmp_path / "crowd.pcap", crowd())
    alone = said(file, tmp_path, 1, capsys)
    assert said(file, tmp_path, number, capsys) == alone
    found = json.loads(alone)
    assert len({d["subject"]["address"] for d in found["detections"]}) == CLIENTS + 1
    assert {"Google Docs"} < {d["app"] for d in found["detections"]}
    assert len({d["id"] for d in found["detections"]}) == len(found["detections"])
    assert found["read"]["requests"] == 5 * CLIENTS
    assert found["read"] == found["read"] | {"lookups": 6 * CLIENTS, "conversations": 1}
    assert {"what": "DNS lookups", "reason": "malformed", "count": CLIENTS} in found["unread"]
    assert sum(d["channel"] == "dns" for d in found["detections"]) == 2 * CLIENTS


def test_a_report_has_the_pictures_of_all_jobs(tmp_path: Path) -> None:
    file, phrases = write(tmp_path / "crowd.pcap", crowd()), str(libraries.write(tmp_path / "phrases"))
    written = list[str]()
    for number in (1, 3):
        report = tmp_path / f"{number}.html"
        asked = ["--library", phrases, "--html", str(report), "--pictures", "2", "--jobs", str(number)]
        assert main([str(file), *asked]) == 0
        written.append(report.read_text("utf-8"))
    assert written[0] == written[1]


def test_of_a_small_file_no_second_process_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "crowd.pcap", crowd())
    monkeypatch.setattr(jobs, "SMALL", file.stat().st_size + 1)
    shares = list[Share]()

    def play(share: Share) -> Part:
        shares.append(share)
        return Part(asyncio.run(replay(file, "0" * 64, Onlooker(library()), share=share)), {})

    played(play, file, 4)
    assert shares == [Share(0, 1)]


def test_a_job_that_is_killed_is_an_error_and_not_a_smaller_result(tmp_path: Path) -> None:
    file = write(tmp_path / "crowd.pcap", crowd())

    def play(share: Share) -> Part:
        if share.number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return Part(asyncio.run(replay(file, "0" * 64, Onlooker(library()), share=share)), {})

    with pytest.raises(JobError, match="job 2 came to an end"):
        played(play, file, 3)


def test_what_a_job_cannot_read_is_told_in_its_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "crowd.pcap", crowd())

    def play(share: Share) -> Part:
        there = file if share.is_first else tmp_path / "gone.pcap"
        return Part(asyncio.run(replay(there, "0" * 64, Onlooker(library()), share=share)), {})

    with pytest.raises(JobError, match=r"job 2: .*gone\.pcap: there is no such file"):
        played(play, file, 2)
    assert capfd.readouterr().err == ""
