import json
from pathlib import Path

import pytest

from proxy_addons.replay.command import main
from tests.detection import libraries
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, write


def test_a_file_is_read_and_what_is_found_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk().hello().up(get("/search?q=" + WORDS.replace(" ", "+"))).down(answer()).bye()
    file = write(tmp_path / "talk.pcap", talk.packets)
    status = main([str(file), "--json", "--library", str(libraries.write(tmp_path / "phrases"))])
    assert status == 0
    assert [d["text"] for d in json.loads(capsys.readouterr().out)["detections"]] == [WORDS]


def test_a_missing_file_is_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere.pcap")]) == 2
    assert capsys.readouterr().err == f"gatehouse replay: {tmp_path}/nowhere.pcap: there is no such file\n"
