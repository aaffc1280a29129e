"""How long this process has been running: a session that has just come back looks for what it may have missed."""

import os
import time
from pathlib import Path

STAT = Path("/proc/self/stat")
_STARTED = 19
"""Where it stands after the program's name, which may hold anything: field 22 of proc(5)."""


def process_age(stat: Path = STAT) -> float:
    """Seconds; without end where the system does not tell."""
    try:
        fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        started = int(fields[_STARTED]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return float("inf")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started
