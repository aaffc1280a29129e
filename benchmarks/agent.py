"""What the agent costs a device, with service and session as they are installed, and a real editor that is typed into.

    .venv/bin/python -m benchmarks.agent [--seconds 60] [--program /opt/gatehouse-agent/bin/gatehouse-agent]

Every figure is of the whole tree of both programs, and stands beside its limit; the appliance is a small one on
loopback, over TLS 1.3. Meaningful only where nothing else runs. Needs what tests/desktop.py needs, and mousepad.
"""

import argparse
import json
import os
import pwd
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from agent.enrolment.enrol import Asked, enrol
from agent.link.asking import ask_standing
from benchmarks.counted_bytes import Counted, counting
from benchmarks.pages import sentence
from benchmarks.process_tree import Memory, memory, seconds
from tests.agent.appliance import CODE, PUPIL, AgentsAppliance, agents_appliance
from tests.agent.policies import PLAIN
from tests.desktop import Screen, screen

PROJECT = Path(__file__).parents[1]
LIMITS = {
    "start, s": 2.0,
    "idle, % of a core": 0.2,
    "typing 60 words a minute, % of a core": 1.0,
    "last key to detection, s": 1.0,
    "memory without model, MB RSS": 80.0,
    "memory with model, MB RSS": 200.0,
}
AS_UNITS = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""What the units put into the programs' environment."""
LETTERS_A_SECOND = 5
"""60 words a minute, of five letters."""
HEARTBEAT, ROUND, DAY = 60.0, 25.0, 86400.0
"""Seconds: in which an agent says everything once that it says regularly; in which a detection has gone."""
WORRYING = "nobody would miss me if i was gone"
T = TypeVar("T")


@dataclass
class Agent:
    """Both programs, on one screen."""

    folder: Path
    program: list[str]
    screen: Screen
    appliance: AgentsAppliance
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def processes(self) -> list[int]:
        return [each.pid for each in self.started]

    def start(self) -> float:
        """Seconds until the service answers and the session is ordered to watch."""
        began = time.perf_counter()
        socket = self.folder / "agent.sock"
        for arguments in (("service", "--config", f"{self.folder}/agent.toml"), ("session", "--socket", str(socket))):
            self.started.append(self.screen.start(*self.program, *arguments, PYTHONPATH=str(PROJECT), **AS_UNITS))
        within(180, lambda: (standing := ask_standing(socket)) and not standing.paused)
        return time.perf_counter() - began

    def stop(self) -> None:
        for each in self.started:
            self.screen.stop(each)
        self.started.clear()

    def reads_with_model(self) -> bool:
        """Whether the service that runs now has said so to its appliance."""
        return any(heard["model_version"] for heard in self.appliance.heard)

    def memory(self) -> Memory:
        return memory(*self.processes)

    def share(self, of: Callable[[], object]) -> float:
        """Percent of a core while ``of`` runs."""
        before, began = seconds(*self.processes), time.perf_counter()
        of()
        return 100 * (seconds(*self.processes) - before) / (time.perf_counter() - began)

    def flagged(self) -> int:
        """Detections that are on the disk or were sent."""
        return len(self.appliance.reports) + self._waiting()

    def _waiting(self) -> int:
        file = f"file:{self.folder}/state/outbox.db?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as outbox:
            return int(outbox.execute("SELECT count(*) FROM letters").fetchone()[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long each kind of work is measured")
    parser.add_argument("--program", help="an installed gatehouse-agent; else this checkout's")
    given = parser.parse_args()
    program = [given.program] if given.program else [sys.executable, "-P", "-m", "agent.cli"]
    figures = measured(program, given.seconds)
    print(f"{'':42}{'measured':>10}{'limit':>8}{'ratio':>8}")
    over = False
    for name, figure in figures.items():
        limit = LIMITS.get(name)
        over |= limit is not None and figure > limit
        print(f"{name:42}{figure:10,.2f}{limit or '':>8}{f'{figure / limit:.2f}' if limit else '':>8}")
    return 1 if over else 0


def measured(program: list[str], length: float) -> dict[str, float]:
    figures = dict[str, float]()
    for model in (False, True):
        with running(program, model=model) as (agent, counted):
            figures |= with_model(agent) if model else without_model(agent, counted, length)
    return figures


def without_model(agent: Agent, counted: Counted, length: float) -> dict[str, float]:
    figures = {"very first start, s": agent.start()}  # a child builds what setup has not built of the library
    agent.stop()
    figures["start, s"] = agent.start()
    editor = agent.screen.start("mousepad")
    agent.screen.wait_for_window("Mousepad")
    time.sleep(5)  # what comes with a new window is over
    figures["idle, % of a core"] = agent.share(lambda: time.sleep(length))
    sent, answered = counted.between(lambda: time.sleep(HEARTBEAT))
    figures["sent a day without a detection, MB"] = sent * DAY / HEARTBEAT / 1e6
    figures["received a day, MB"] = answered * DAY / HEARTBEAT / 1e6
    figures["typing 60 words a minute, % of a core"] = agent.share(lambda: innocent(agent.screen, length))
    latencies = list[float]()
    sent, _ = counted.between(lambda: (latencies.append(latency(agent)), time.sleep(ROUND)))
    figures |= {"last key to detection, s": latencies[0], "sent for a detection with its picture, kB": sent / 1000}
    found = agent.memory()
    figures |= {"memory without model, MB RSS": found.rss, "memory without model, MB PSS": found.pss}
    agent.screen.stop(editor)
    return figures


def with_model(agent: Agent) -> dict[str, float]:
    agent.start()
    within(180, agent.reads_with_model)  # the policy comes after the start, and has it begin anew
    agent.screen.start("mousepad")
    agent.screen.wait_for_window("Mousepad")
    latency(agent)
    found = agent.memory()
    return {"memory with model, MB RSS": found.rss, "memory with model, MB PSS": found.pss}


def innocent(on: Screen, length: float) -> None:
    """Sentences about nothing, typed as fast as a practised pupil does, for so many seconds."""
    rng, text = random.Random(1), ""
    while len(text) < length * LETTERS_A_SECOND:
        text += sentence(rng) + " "
    each = str(1000 // LETTERS_A_SECOND)
    on.start("xdotool", "type", "--delay", each, "--", text[: int(length * LETTERS_A_SECOND)]).wait(length + 60)


def latency(agent: Agent) -> float:
    """From the last key of a worrying sentence, without an end to it, until it is on the disk."""
    agent.screen.key("Return")
    before = agent.flagged()
    agent.screen.type(WORRYING[:-1], 60)
    began = time.perf_counter()
    agent.screen.type(WORRYING[-1])
    within(60, lambda: agent.flagged() > before)
    return time.perf_counter() - began


@contextmanager
def running(program: list[str], *, model: bool) -> Iterator[tuple[Agent, Counted]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        appliance = stack.enter_context(agents_appliance(folder / "appliance"))
        appliance.policy = PLAIN | {"second_opinion": model}
        appliance.accounts[pwd.getpwuid(os.getuid()).pw_name] = PUPIL
        counted = stack.enter_context(counting(appliance.http.port))
        (folder / "state").mkdir()
        settings = {"state": "state", "socket": "agent.sock", "session_unit": ""}
        (folder / "agent.toml").write_text("".join(f"{name} = {json.dumps(said)}\n" for name, said in settings.items()))
        enrol(asked(appliance, counted), folder / "state")
        yield Agent(folder, program, stack.enter_context(screen()), appliance), counted


def asked(appliance: AgentsAppliance, through: Counted) -> Asked:
    return Asked(
        appliance_url=appliance.url.replace(f":{appliance.http.port}", f":{through.port}"),
        code=CODE,
        authority=appliance.folder / "authority.pem",
        name="laptop",
        system="Linux",
        agent_version="1",
    )


def within(most: float, look: Callable[[], T]) -> T:
    ends = time.perf_counter() + most
    while not (found := look()):
        if time.perf_counter() > ends:
            raise SystemExit(f"not within {most} s; is this machine doing something else?")
        time.sleep(0.005)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
