"""What a sensor keeps over a restart."""

from pathlib import Path

import pytest

from detection.kept_file import KeptFile


def test_what_was_kept_last_is_read_and_its_owner_alone_can(tmp_path: Path) -> None:
    kept = KeptFile(tmp_path / "library.bundle")
    with pytest.raises(FileNotFoundError):
        kept.read()
    kept.replace(b"one")
    kept.replace(b"other")
    assert kept.read() == b"other"
    assert (tmp_path / "library.bundle").stat().st_mode & 0o077 == 0
    assert str(kept).endswith("library.bundle")
