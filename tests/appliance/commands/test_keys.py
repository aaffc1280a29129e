"""``gatehouse keys``."""

import stat
from pathlib import Path

import pytest

from appliance.commands import keys
from detection import library_keys
from detection.sealing import Opener, Sealer


def test_what_is_sealed_with_one_half_opens_with_the_other(tmp_path: Path) -> None:
    assert keys.main(["new", str(tmp_path / "keys")]) == 0
    private, public = tmp_path / "keys" / "appliance.key", tmp_path / "keys" / "appliance.pub"
    assert Opener(private.read_bytes()).open(Sealer(public.read_bytes()).seal(b"words")) == b"words"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_key_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys.main(["new", str(tmp_path)])
    before = (tmp_path / "appliance.key").read_bytes()
    with pytest.raises(SystemExit) as ended:
        keys.main(["new", str(tmp_path)])
    assert ended.value.code == 2
    assert "File exists" in capsys.readouterr().err
    assert (tmp_path / "appliance.key").read_bytes() == before


@pytest.mark.parametrize(("act", "made"), [("new", 4), ("library", 2)])
def test_the_pair_that_libraries_are_signed_with_comes_along_or_alone(tmp_path: Path, act: str, made: int) -> None:
    assert keys.main([act, str(tmp_path / "keys")]) == 0
    private, public = tmp_path / "keys" / "library.key", tmp_path / "keys" / "library.pub"
    assert library_keys.read_private(private).verify_key == library_keys.read_public(public)
    assert len(list((tmp_path / "keys").iterdir())) == made


def test_a_persons_pair_for_backups_is_one_half_for_them_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert keys.main(["backup", str(tmp_path / "lead")]) == 0
    private, public = tmp_path / "lead" / "backup.key", tmp_path / "lead" / "backup.pub"
    assert Opener(private.read_bytes()).open(Sealer(public.read_bytes()).seal(b"words")) == b"words"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert "kept away from the box" in capsys.readouterr().out
