"""Ctrl-C at once: asyncio would ask the running task to stop the next time it waits, and a replay never waits."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupted_at_once() -> Iterator[None]:
    """Where Ctrl-C is ignored, as of a job in the background, it stays so."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)  # any handler but Python's own is left alone by asyncio
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
