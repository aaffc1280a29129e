"""Small real programs that behave as a test needs, and a wait that gives up."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from appliance.running.child import Program

SERVE = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\nprint('listening')\nsignal.pause()"
STUBBORN = (
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('listening')\nwhile True: signal.pause()"
)


def program(folder: Path, name: str, code: str = SERVE) -> Program:
    return Program(name=name, command=(sys.executable, "-c", code), log=folder / f"{name}.log", ready="listening")


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
