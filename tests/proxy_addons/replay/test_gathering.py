from pathlib import Path

import pytest

from proxy_addons.replay.capture_file import CaptureError
from proxy_addons.replay.gathering import gathered
from tests.proxy_addons.replay.factories import Talk, write


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write(folder / name, Talk().hello().packets, form="gz" if name.endswith("gz") else "pcap")


def test_folders_are_gone_through_in_order_of_names_and_what_lies_below_too(tmp_path: Path) -> None:
    put(tmp_path, "b.pcap", "a.pcap.gz", "year/7.pcap", "year/7b", "second/z.cap")
    found = gathered([tmp_path / "second", tmp_path])
    assert [str(file.relative_to(tmp_path)) for file in found.files] == [
        *("second/z.cap", "a.pcap.gz", "b.pcap", "second/z.cap", "year/7.pcap", "year/7b")
    ]
    assert not found.passed_over


def test_what_is_no_capture_is_passed_over_and_counted_but_not_what_has_the_name_of_one(tmp_path: Path) -> None:
    put(tmp_path, "a.pcap")
    for name in ("notes.txt", "picture.png", "empty", "damaged.PCAPNG.gz", "more.cap.zst"):
        (tmp_path / name).write_bytes(b"" if name == "empty" else b"no capture")
    found = gathered([tmp_path])
    assert [file.name for file in found.files] == ["a.pcap", "damaged.PCAPNG.gz", "more.cap.zst"]
    assert found.passed_over == {tmp_path: 3}


def test_a_file_that_was_named_is_read_whatever_it_is(tmp_path: Path) -> None:
    assert gathered([tmp_path / "missing"]).files == (tmp_path / "missing",)


def test_a_folder_without_any_capture_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("none")
    with pytest.raises(CaptureError, match="no capture file is in this folder"):
        gathered([tmp_path])
