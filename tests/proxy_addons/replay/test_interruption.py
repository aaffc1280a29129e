import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from proxy_addons.replay.interruption import interrupted_at_once
from tests.detection import libraries
from tests.proxy_addons.replay.factories import NOON, Talk, answer, search, write

PROGRAM = """
import os
import sys
import time
from proxy_addons.replay import jobs
from proxy_addons.replay.command import main
from proxy_addons.replay.stage import Stage

def slowly(stage, at, place, come_to=Stage.come_to):
    os.write(1, b"begun\\n")  # at once, as print does not
    time.sleep(0.1)
    come_to(stage, at, place)

jobs.SMALL, Stage.come_to = 0, slowly
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("number", [1, 3])
def test_ctrl_c_ends_every_job_at_once_with_the_status_of_an_interruption(tmp_path: Path, number: int) -> None:
    phrases, file = libraries.write(tmp_path / "phrases"), tmp_path / "talk.pcap"
    packets = Talk(at=NOON).hello().up(search()).down(answer(b"x" * 3_000_000)).bye().packets
    write(file, packets)
    asked = [str(file), "--library", str(phrases), "--jobs", str(number)]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *asked],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        assert running.stdout
        assert [running.stdout.readline() for _ in range(number)] == ["begun\n"] * number
        os.killpg(running.pid, signal.SIGINT)
        rest = running.stdout.read()
        assert running.wait(20) == 130
    assert "Traceback" not in rest


def test_where_it_is_ignored_it_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupted_at_once():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
