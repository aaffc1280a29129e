"""A file for its owner alone is made without being opened, and replaced whole."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from detection.private_file import make_privately, replace_privately, replacing, settle, write_privately


def test_a_new_one_is_for_its_owner_alone_and_never_written_over_another(tmp_path: Path) -> None:
    file = tmp_path / "key"
    before = os.umask(0)
    try:
        write_privately(file, b"first")
    finally:
        os.umask(before)
    with pytest.raises(FileExistsError):
        write_privately(file, b"second")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"first", 0o600)


def test_it_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("from before, and longer")
    file.chmod(0o644)
    (tmp_path / f"kept.{os.getpid()}.new").write_text("left by a kill")
    (tmp_path / "kept.4194305.new").write_text("left by a kill of another process")
    replace_privately(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_what_somebody_else_calls_alike_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.toml.new").write_text("an edit that is not done")
    replace_privately(tmp_path / "kept", b"new")
    assert (tmp_path / "kept.toml.new").read_text() == "an edit that is not done"


WRITES_OFTEN = """
import sys
from pathlib import Path
from detection.private_file import replace_privately
for _ in range(50):
    replace_privately(Path(sys.argv[1]), sys.argv[2].encode() * 100_000)
"""


def test_several_processes_may_replace_it_at_once(tmp_path: Path) -> None:
    file = tmp_path / "library.bundle"
    command = [sys.executable, "-c", WRITES_OFTEN, str(file)]
    writing = [subprocess.Popen([*command, str(number)]) for number in range(4)]
    assert [each.wait() for each in writing] == [0] * 4
    assert len(set(file.read_bytes())) == 1
    assert list(tmp_path.iterdir()) == [file]


def test_its_group_may_read_it_where_that_is_said(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        replace_privately(tmp_path / "status.json", b"{}", mode=0o640)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "status.json").stat().st_mode) == 0o640


def test_what_is_written_by_and_by_can_be_read_before_it_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(b"old")
    with replacing(file) as draft:
        draft.write(b"new")
        draft.flush()
        assert (Path(draft.name).read_bytes(), file.read_bytes()) == (b"new", b"old")
        assert stat.S_IMODE(Path(draft.name).stat().st_mode) == 0o600
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_where_writing_fails_the_old_one_stays_and_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(b"old")

    def break_off() -> None:
        with replacing(file) as draft:
            draft.write(b"ne")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        break_off()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_root_writes_may_belong_to_another(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12345)
    replace_privately(tmp_path / "theirs", b"", for_owner_of=tmp_path)
    replace_privately(tmp_path / "ours", b"")
    owners = [(tmp_path / name).stat() for name in ("theirs", "ours")]
    assert [(each.st_uid, each.st_gid) for each in owners] == [(12345, 12345), (0, 0)]


def test_it_is_made_empty_and_what_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    make_privately(file)
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"", 0o600)
    file.write_bytes(b"kept")
    make_privately(file)
    assert file.read_bytes() == b"kept"


def test_a_folder_is_settled_when_it_is_on_the_disk_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = list[os.stat_result]()
    monkeypatch.setattr(os, "fsync", lambda opened: settled.append(os.fstat(opened)))
    settle(tmp_path)
    assert [each.st_ino for each in settled] == [tmp_path.stat().st_ino]
