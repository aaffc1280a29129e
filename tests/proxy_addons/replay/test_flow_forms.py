from pathlib import Path

from proxy_addons.replay.flow_forms import is_dump, is_har
from tests.proxy_addons.replay.flows import dump, entry, flow, har


def test_they_are_told_by_how_they_begin(tmp_path: Path) -> None:
    dumped = dump(tmp_path / "d", [flow()]).read_bytes()
    archive = har(tmp_path / "h", entry()).read_bytes()
    assert (is_dump(dumped), is_har(dumped)) == (True, False)
    assert (is_dump(archive), is_har(archive)) == (False, True)
    assert is_har(b"\xef\xbb\xbf" + archive)
    assert not is_dump(b"12:30 lunch")
    assert not is_har(b'{"catalog": 1}')
