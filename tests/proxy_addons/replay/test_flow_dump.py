from pathlib import Path

from proxy_addons.replay.flow_dump import FlowDump
from tests.proxy_addons.replay.flows import dump, flow


def test_a_dump_that_is_cut_off_gives_what_is_whole_and_says_where(tmp_path: Path) -> None:
    whole = dump(tmp_path / "one", [flow()]).read_bytes()
    cut = FlowDump(whole + whole[:-20])
    assert len(list(cut)) == 1
    assert cut.damage == [f"flow 2, at byte {len(whole):,}, is cut off or damaged"]


def test_a_flow_that_is_none_is_told(tmp_path: Path) -> None:
    bad = FlowDump(b"5:hello,")
    assert list(bad) == []
    assert bad.damage[0].startswith("flow 1, at byte 0, ")


def test_notes_of_whoever_wrote_the_dump_are_not_believed(tmp_path: Path) -> None:
    noted = flow()
    noted.metadata["gatehouse.unread"] = True
    (read,) = FlowDump(dump(tmp_path / "d", [noted]).read_bytes())
    assert not read.metadata
