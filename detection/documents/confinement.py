"""What the process that reads documents denies itself before it reads the first one."""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

from detection import windows_job

_NO_NEW_PRIVILEGES, _NOT_DUMPABLE = 38, 4
"""Of prctl(2)."""
WRITTEN = 1 << 20
"""Bytes of a file; nothing is meant to be written, but a limit of 0 would be a trap for libraries."""
OPEN_FILES = 64


def confine(memory: int, lifetime: int) -> None:
    """At most ``memory`` bytes of address space and ``lifetime`` seconds of processor time, for good. macOS holds to no
    bound on address space; Windows knows the first two and that no other process is started."""
    if sys.platform == "win32":
        windows_job.enter(windows_job.new_job(windows_job.bounded(memory, lifetime)))
        return
    import resource  # Windows has none

    os.nice(10)
    _confine_on_linux(memory)
    for what, most in (
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, lifetime),
    ):
        resource.setrlimit(what, (most, most))


def _confine_on_linux(memory: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError):  # where memory runs out, this process is to go and not the gateway
        Path("/proc/self/oom_score_adj").write_text("1000")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    prctl = ctypes.CDLL(None).prctl
    prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def allow_seconds(seconds: int) -> None:
    """Of processor time from now on, within the lifetime; beyond it the kernel ends the process. On Windows the
    lifetime is the only bound of its own: whoever asked it to read ends it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(most, int(used.ru_utime + used.ru_stime) + seconds + 1), most))
