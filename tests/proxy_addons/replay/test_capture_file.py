import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from proxy_addons.replay.capture_bytes import CUT, DAMAGED
from proxy_addons.replay.capture_file import CaptureError, CaptureFile, file_sha256
from tests.proxy_addons.replay.blocks import LITTLE
from tests.proxy_addons.replay.factories import NOON, Talk, answer, ethernet, get, write


def talk() -> Talk:
    return Talk().hello().up(get()).down(answer()).bye()


@pytest.mark.parametrize("form", ["pcap", "pcapng", "gz", "nano", "zst"])
def test_every_form_gives_the_same_packets(tmp_path: Path, form: str) -> None:
    said = talk()
    file = CaptureFile(write(tmp_path / "some.pcap", said.packets, form=form))
    packets = list(file)
    assert [p.data for p in packets] == [bytes(ethernet(p)) for p in said.packets]
    assert [p.at for p in packets] == pytest.approx([NOON + 0.01 * n for n in range(len(packets))])
    assert not file.ended


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xd4\xc3\xb2\xa1", "the beginning of the capture is cut off"),
        (b"%PDF-1.7\n%" + b"x" * 100, "is not a pcap or pcapng capture"),
        (b"\x1f\x8b" + b"x" * 100, "is not a pcap or pcapng capture"),
        (b"\x0a\x0d\x0d\x0a" + b"x" * 100, "the beginning of the capture is cut off or damaged"),
    ],
    ids=["empty", "cut in its header", "foreign", "not gzip", "not pcapng"],
)
def test_what_is_no_capture_is_named_with_its_reason(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "some.pcap"
    file.write_bytes(content)
    with pytest.raises(CaptureError, match=f"some.pcap: {says}"):
        list(CaptureFile(file))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="there is no such file"):
        list(CaptureFile(tmp_path / "nowhere.pcap"))
    with pytest.raises(CaptureError, match="is a folder"):
        list(CaptureFile(tmp_path))


def test_the_hash_is_the_files(tmp_path: Path) -> None:
    file = tmp_path / "three"
    file.write_bytes(b"abc")
    assert file_sha256(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
@pytest.mark.parametrize("kept", [1, 9, 30, 100])
def test_of_a_file_that_is_cut_off_what_came_before_is_read(tmp_path: Path, kept: int, form: str) -> None:
    """``kept`` bytes are left of the last packet."""
    said = talk()
    whole = write(tmp_path / "whole", said.packets[:-1], form=form).read_bytes()
    last = write(tmp_path / "last", said.packets, form=form).read_bytes()[len(whole) :]
    (tmp_path / "cut").write_bytes(whole + last[:kept])
    file = CaptureFile(tmp_path / "cut")
    assert len(list(file)) == len(said.packets) - (kept < len(last))
    assert file.ended == (CUT if kept < len(last) else "")


def test_a_length_that_cannot_be_is_damage(tmp_path: Path) -> None:
    said = talk()
    whole = write(tmp_path / "whole", said.packets).read_bytes()
    (tmp_path / "bad").write_bytes(whole + bytes(8) + b"\xff" * 8 + b"more")
    file = CaptureFile(tmp_path / "bad")
    assert len(list(file)) == len(said.packets)
    assert file.ended == DAMAGED


def test_progress_is_told_in_bytes_of_the_file(tmp_path: Path) -> None:
    told: list[int] = []
    file = write(tmp_path / "some", talk().packets * 200)
    list(CaptureFile(file, told.append))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == file.stat().st_size


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_pcapng_brings_the_lines_of_its_key_logs(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    content = LITTLE.section() + LITTLE.interface() + LITTLE.keys(b"one\ntwo") + LITTLE.packet(b"x")
    (tmp_path / "some").write_bytes(pack(content + LITTLE.keys(b"three\n")))
    file = CaptureFile(tmp_path / "some")
    assert list(file.key_lines()) == [b"one\n", b"two", b"three\n"]
    assert [p.data for p in file] == [b"x"]


def test_a_pcap_and_a_pcapng_that_ends_in_its_head_bring_none(tmp_path: Path) -> None:
    assert not list(CaptureFile(write(tmp_path / "pcap", talk().packets)).key_lines())
    (tmp_path / "cut").write_bytes(LITTLE.section()[:20])
    assert not list(CaptureFile(tmp_path / "cut").key_lines())
