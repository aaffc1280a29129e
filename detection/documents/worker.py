"""The process that reads documents, one after the other, and is ended where one takes too long."""

import os
import signal
import sys
from types import FrameType

from detection.documents.confinement import allow_seconds, confine
from detection.documents.contents import Contents, Gathering, Shortfall
from detection.documents.frames import FrameError, read_frame, write_frame
from detection.documents.read import read

READY = b"ready"
MEMORY = 700 << 20
LIFETIME = 1200
"""Seconds of processor time for all documents together; the gateway has long replaced it by then."""
MOST_BODY = 64 << 20


class OutOfTime(BaseException):
    """Not an Exception: a library's broad catch must not swallow it."""


def main(argv: list[str]) -> int:
    """``argv``: seconds for one document. Reads frames from standard input until it ends."""
    seconds = float(argv[0])
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not come between
    confine(MEMORY, LIFETIME)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, _out_of_time)
    write_frame(answers, READY)
    while True:
        try:
            body = read_frame(orders, MOST_BODY)
        except FrameError:
            return 0
        allow_seconds(int(seconds) + 2)
        contents = _in_time(body, seconds)
        write_frame(answers, str(contents.shortfall or "").encode())
        write_frame(answers, contents.text.encode("utf-8", "replace"))


def _in_time(body: bytes, seconds: float) -> Contents:
    """What was read by then, where Python can be interrupted; else the gateway ends this process."""
    gathering = Gathering()
    try:
        _ring_after(seconds)
        try:
            return read(body, gathering)
        finally:
            _ring_after(0)
    except OutOfTime:
        _ring_after(0)
        gathering.fall_short(Shortfall.TIMEOUT)
    except Exception:  # noqa: BLE001  # what was read before the fault counts, and the next document gets its turn
        gathering.fall_short(Shortfall.BROKEN)
    return gathering.contents


def _ring_after(seconds: float) -> None:
    """Again and again, lest somebody swallowed it; 0: no more. Windows has no such bell."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.2 if seconds else 0)


def _out_of_time(signal_number: int, frame: FrameType | None) -> None:
    raise OutOfTime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
