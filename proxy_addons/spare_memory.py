"""Give back to the system what memory is free: the C library keeps it, and after a busy hour that is a third of it all.

Bodies of pages come and go between things that stay (connections, what is remembered for pictures), so that hardly ever
the end of the heap is free, which is all that is given back by itself.
"""

import ctypes
import time
from collections.abc import Callable

EVERY = 60.0
"""Seconds. 170 MB among 350 took 17 ms to give back, and looking in vain takes 3."""


class SpareMemory:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next = clock() + EVERY
        # GNU's; other C libraries have nothing of the kind, and need it less.
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def give_back(self) -> bool:
        """Whether there was any, where it is time. On a thread of its own, for traffic goes on meanwhile."""
        if self._trim is None or self._clock() < self._next:
            return False
        self._next = self._clock() + EVERY
        return bool(self._trim(0))
