import io
import sys

import pytest

from proxy_addons.replay.terminal import say, tell


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
