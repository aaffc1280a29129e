"""Wait for something another thread or process does, without guessing how long it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(look: Callable[[], T], *, within: float = 30.0) -> T:
    """What ``look`` gives once that is true; AssertionError when it does not become so."""
    deadline = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not within {within} s"
        time.sleep(0.02)
    return seen
