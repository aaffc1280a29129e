from pathlib import Path

from proxy_addons.replay.expectation_check import ExpectationCheck
from proxy_addons.replay.expectation_file import read_expectations
from proxy_addons.replay.expectation_writing import written
from proxy_addons.replay.private_file import write_private
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search


def test_what_is_written_is_met_by_what_it_was_written_from(replayed: Replayed, tmp_path: Path) -> None:
    talk = Talk().hello().up(search()).down(answer())
    talk.up(get("/page", "diary.test")).down(answer(b"<p>they say nobody likes you</p>"))
    found = replayed(talk.bye().packets).detections
    names = ("talk.pcap", "year/true", "null", "a: #b.pcap", "\u0085\N{GRINNING FACE}.pcap", "1")
    files = [tmp_path / "in" / name for name in names] + [tmp_path / "out.pcap"]
    written_to = tmp_path / "in" / "expected.yaml"
    written_to.parent.mkdir()
    write_private(
        written([(file, found) for file in files] + [(tmp_path / "in/quiet.pcap", [])], written_to.parent), written_to
    )
    expected = read_expectations(written_to)
    assert [each.file for each in expected] == [*names, str(files[-1]), "quiet.pcap"]
    check = ExpectationCheck(expected)
    for file in files:
        check.add(file, found)
    check.add(tmp_path / "in/quiet.pcap", [])
    assert check.is_met, check.lines()
    fewer = ExpectationCheck(expected[:1])
    fewer.add(files[0], found[:1])
    assert not fewer.is_met


def test_it_holds_no_words(replayed: Replayed, tmp_path: Path) -> None:
    found = replayed(Talk().hello().up(search()).down(answer()).up(search()).down(answer()).bye().packets).detections
    text = written([(tmp_path / "talk.pcap", found)], tmp_path)
    assert WORDS not in text


def test_the_same_twice_is_counted(replayed: Replayed, tmp_path: Path) -> None:
    found = replayed(Talk().hello().up(search()).down(answer()).bye().packets).detections
    assert "count: 2" in written([(tmp_path / "talk.pcap", found * 2)], tmp_path)


def test_nothing_replayed_expects_nothing(tmp_path: Path) -> None:
    write_private(written([], tmp_path), tmp_path / "expected.yaml")
    assert read_expectations(tmp_path / "expected.yaml") == ()
