from pathlib import Path

import pytest

from proxy_addons.replay.tls import key_log, key_log_files
from proxy_addons.replay.tls.key_log_files import read_key_logs
from tests.proxy_addons.replay.tls.test_key_log import LINE, RANDOM, SECRET

OTHER = LINE.replace(b"M 00", b"M 01")


def test_the_secrets_of_all_files_are_together_and_what_is_none_is_told_by_number(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"# a word\n" + LINE)
    (tmp_path / "two").write_bytes(OTHER + b"\n" + b"bad\n" * 7)
    said: list[str] = []
    keys = read_key_logs([tmp_path / "one", tmp_path / "two"], said.append)
    assert keys.secret("CLIENT_RANDOM", RANDOM) == keys.secret("CLIENT_RANDOM", b"\x01" + RANDOM[1:]) == SECRET
    assert said[0] == f"{tmp_path}/two: line 2 is not of a key log, and is skipped"
    assert said[5:] == [f"{tmp_path}/two: 2 more lines are not of a key log"]


def test_secrets_beyond_those_that_are_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (key_log, key_log_files):
        monkeypatch.setattr(module, "MOST", 1)
    (tmp_path / "some").write_bytes(LINE + b"\n" + OTHER)
    said: list[str] = []
    read_key_logs([tmp_path / "some"], said.append)
    assert said == [f"{tmp_path}/some: 1 secrets are more than are kept (1 in all)"]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(OSError, match=str(wrong)):
            read_key_logs([wrong], print)
