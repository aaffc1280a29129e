"""What a device keeps can be read with its own key alone."""

from pathlib import Path

import pytest

from agent.service.sealed_file import SealedFile


def test_only_the_key_it_was_written_with_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "library.sealed"
    mine = SealedFile(file, bytes(32))
    with pytest.raises(FileNotFoundError):
        mine.read()
    mine.replace(b"the school's own phrases")
    assert mine.read() == b"the school's own phrases"
    assert b"phrases" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(OSError, match="was not written with this device's key"):
        SealedFile(file, bytes(31) + b"x").read()
    file.write_bytes(b"short")
    with pytest.raises(OSError, match="was not written with this device's key"):
        mine.read()


def test_each_of_a_device_has_a_key_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(bytes(64))
    policy, accounts = (SealedFile.of(tmp_path, tmp_path / "key", name) for name in ("policy", "accounts"))
    policy.replace(b"the school's own")
    assert str(policy) == str(tmp_path / "policy.sealed")
    Path(str(policy)).rename(str(accounts))
    with pytest.raises(OSError, match="was not written with this device's key"):
        accounts.read()
