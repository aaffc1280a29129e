import os
import signal
from pathlib import Path

import pytest

from appliance.running.supervisor import StartError, Supervisor
from tests.appliance.running.programs import STUBBORN, eventually, program

TELL_END = """
import signal, sys
def end(*_):
    open({file!r}, "a").write({name!r} + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("listening")
signal.pause()
"""


@pytest.fixture
def said() -> list[str]:
    return []


def test_all_serve_after_the_start_and_end_in_the_opposite_order(tmp_path: Path, said: list[str]) -> None:
    ended = tmp_path / "ended"
    names = ("console", "appliance", "gateway")
    programs = [program(tmp_path, name, TELL_END.format(file=str(ended), name=name)) for name in names]
    supervisor = Supervisor(programs, said.append)
    supervisor.start()
    assert all("listening" in one.log.read_text() for one in programs)
    supervisor.stop()
    assert ended.read_text().split() == ["gateway", "appliance", "console"]
    assert said == []


def test_one_that_cannot_start_is_told_with_its_words_and_takes_the_others_down(
    tmp_path: Path, said: list[str]
) -> None:
    ended = tmp_path / "ended"
    good = program(tmp_path, "appliance", TELL_END.format(file=str(ended), name="appliance"))
    bad = program(tmp_path, "gateway", "print('port 8080 is taken'); raise SystemExit(2)")
    with pytest.raises(StartError, match=r"the gateway did not start \(exit status 2\)(.|\n)*port 8080 is taken"):
        Supervisor([good, bad], said.append).start()
    assert ended.read_text().split() == ["appliance"]


def test_one_that_never_gets_ready_is_not_waited_for_for_ever(tmp_path: Path, said: list[str]) -> None:
    silent = program(tmp_path, "worker", "import signal; signal.pause()")
    with pytest.raises(StartError, match="the worker is not ready after"):
        Supervisor([silent], said.append, start_patience=0.2).start()


def test_one_that_dies_comes_back_once(tmp_path: Path, said: list[str]) -> None:
    code = "import os\nprint('pid', os.getpid())\nprint('listening')\nimport signal\nsignal.pause()"
    one = program(tmp_path, "worker", code)
    supervisor = Supervisor([one], said.append)
    supervisor.start()
    for deaths in (1, 2):
        eventually(lambda deaths=deaths: one.log.read_text().count("listening") == deaths)  # type: ignore[misc]
        os.kill(int(one.log.read_text().split()[-2]), signal.SIGKILL)
        eventually(lambda deaths=deaths: len(said) == deaths)  # type: ignore[misc]
    assert "the worker ended unexpectedly (exit status -9)" in said[0]
    assert said[0].endswith("starting the worker again")
    assert said[1].endswith("stays down")
    assert supervisor.lost == {"worker"}
    supervisor.stop()


def test_one_that_will_not_end_is_named(tmp_path: Path, said: list[str]) -> None:
    supervisor = Supervisor([program(tmp_path, "console", STUBBORN)], said.append, stop_patience=0.1)
    supervisor.start()
    supervisor.stop()
    assert said == ["the console would not end when asked, and was ended"]
