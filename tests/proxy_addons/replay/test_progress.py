from pathlib import Path

import pytest

from proxy_addons.replay.progress import Progress


def test_nothing_is_drawn_where_nobody_watches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "some.pcap"
    file.write_bytes(b"1234")
    with Progress(file) as progress:
        progress.at(2)
    assert capsys.readouterr() == ("", "")
