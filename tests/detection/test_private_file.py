"""A file for its owner alone is replaced whole."""

import stat
from pathlib import Path

from detection.private_file import replace_privately


def test_it_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("from before, and longer")
    file.chmod(0o644)
    (tmp_path / "kept.new").write_text("left by a kill")
    replace_privately(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [file]
