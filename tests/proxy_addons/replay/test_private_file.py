from pathlib import Path

import pytest

from proxy_addons.replay.private_file import must_be_writable, write_private


def test_it_is_for_its_owner_alone_even_if_it_was_not_before(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("longer than what follows")
    file.chmod(0o644)
    write_private("a \ud800 page", file)
    assert file.read_bytes() == b"a ? page"
    assert file.stat().st_mode & 0o777 == 0o600


def test_to_ask_changes_nothing_of_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "report"
    must_be_writable(file)
    assert file.read_bytes() == b""
    write_private("page", file)
    must_be_writable(file)
    assert file.read_bytes() == b"page"


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    for write in (must_be_writable, lambda file: write_private("", file)):
        with pytest.raises(OSError, match="nowhere"):
            write(tmp_path / "nowhere" / "report")


def test_what_is_no_file_can_be_written_to_all_the_same() -> None:
    nowhere = Path("/dev/null")
    before = nowhere.stat().st_mode
    write_private("page", nowhere)
    assert nowhere.stat().st_mode == before
