import io
import sys
from pathlib import Path

import pytest

from proxy_addons.replay.terminal import fall_silent, say, tell


def test_results_and_all_else_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    tell(["one", "two"])
    say("three")
    assert capsys.readouterr() == ("one\ntwo\n", "gatehouse replay: three\n")


def test_a_mistake_of_the_systems_is_told_by_what_it_happened_to(capsys: pytest.CaptureFixture[str]) -> None:
    say(FileNotFoundError(2, "No such file", "some.pcap"))
    say(OSError("without a name"))
    assert capsys.readouterr().err == "gatehouse replay: some.pcap: No such file\ngatehouse replay: without a name\n"


def test_what_a_terminal_cannot_show_is_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(written, encoding="ascii", write_through=True))
    tell(["smörgås"])
    say("\udcff.pcap")
    assert written.getvalue() == b"sm?rg?s\ngatehouse replay: ?.pcap\n"


def test_what_nobody_reads_any_more_goes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "said").open("w") as said:
        monkeypatch.setattr(sys, "stdout", said)
        fall_silent()
        tell(["one"])
    assert (tmp_path / "said").read_text() == ""
