from pathlib import Path

from proxy_addons.replay.har_file import HarFile
from tests.proxy_addons.replay.flows import entry, har


def test_a_har_that_is_cut_off_gives_the_entries_before_the_cut(tmp_path: Path) -> None:
    whole = har(tmp_path / "h", entry(), entry()).read_bytes()
    cut = HarFile(whole[: whole.rindex(b"startedDateTime") + 60])
    assert len(list(cut)) == 1
    (damage,) = cut.damage
    assert damage.startswith("line ")
    assert "cut off or no JSON" in damage


def test_without_entries_it_says_so() -> None:
    empty = HarFile(b'{"log": {}}')
    assert list(empty) == []
    assert empty.damage == ["it has no list of entries"]
