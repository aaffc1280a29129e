"""Notes every few seconds that the service lives, so that the next start can tell whether and since when it did not."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from agent.service.journal import Happened, Journal
from detection.repeating import Repeating

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
JUMP = 60.0
"""Seconds by which the clock must differ from what has passed, for an entry."""


def since_boot() -> float:
    """Seconds that passed, asleep or awake; the clock on the wall has no part in it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


def boot_id() -> str:
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""


class Alive:
    """``clock`` is the wall's; ``passed`` are seconds that never jump while the device runs."""

    def __init__(
        self,
        journal: Journal,
        clock: Callable[[], datetime],
        *,
        every: float = 10.0,
        passed: Callable[[], float] = since_boot,
        boot: str = "",
    ) -> None:
        self._journal, self._clock, self._every, self._passed, self._boot = journal, clock, every, passed, boot
        self._at, self._then = clock(), passed()
        self._shift = float(journal.marked("shift") or 0) + self._jumped_meanwhile()
        self._noted = float(journal.marked("shift") or 0)
        self._noting = Repeating("alive", self._turn, first=every)

    def shift(self) -> float:
        """By how many seconds the clock has ever been set, forward less back."""
        return self._shift + (self._clock() - self._at).total_seconds() - (self._passed() - self._then)

    def begin(self) -> None:
        """Say what became of the run before, and that this one began."""
        last, ended = self._journal.marked("alive"), self._journal.marked("ended")
        same_boot = self._journal.marked("boot") == self._boot
        gone = (self._passed() - float(self._journal.marked("passed") or 0)) if same_boot else 0.0
        self.note()
        now, said = self._clock(), ""
        if last and not ended and same_boot:
            self._journal.add(Happened.KILLED, now - timedelta(seconds=max(0.0, gone)), until=now)
        elif last and not ended:
            said = "Before that the device went off without being shut down."
        self._journal.add(Happened.STARTED, now, said=said)
        self._journal.mark("boot", self._boot)
        self._journal.mark("ended", "")

    def start(self) -> None:
        self._noting.start()

    def stop(self, *, by_administrator: bool) -> None:
        """Not by a kill: on purpose, or because the device is shut down."""
        self._noting.stop()
        if by_administrator:
            self._journal.add(Happened.STOPPED, self._clock())
        self._journal.mark("ended", "stopped" if by_administrator else "shut down")

    def note(self) -> None:
        """That we live; and what the clock did meanwhile."""
        shift = self.shift()
        if abs(jumped := shift - self._noted) >= JUMP:
            way = "forward" if jumped > 0 else "back"
            self._journal.shift(jumped)
            self._journal.add(Happened.CLOCK, self._clock(), said=f"It was set {way} by {_words(abs(jumped))}.")
            self._noted = shift
            self._journal.mark("shift", repr(shift))
        self._journal.mark("alive", self._clock().isoformat())
        self._journal.mark("passed", repr(self._passed()))

    def _jumped_meanwhile(self) -> float:
        """What the clock did while nobody looked: known within a boot; over one, that no time runs backwards."""
        last, passed = self._journal.marked("alive"), self._journal.marked("passed")
        if not last or not passed:
            return 0.0
        went = (self._at - datetime.fromisoformat(last)).total_seconds()
        if self._journal.marked("boot") == self._boot:
            return went - (self._then - float(passed))
        return min(0.0, went)

    def _turn(self) -> float:
        self.note()
        return self._every


def _words(seconds: float) -> str:
    whole = timedelta(seconds=round(seconds))
    return f"{whole.days} days" if whole.days > 1 else f"{round(whole.total_seconds() / 60)} minutes"
