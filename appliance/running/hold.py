"""One ``gatehouse run`` at a time on one data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class HeldError(Exception):
    """Somebody else has it; the message says what to do."""


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """The lock ends with the process, however that ends."""
    with (folder / ".running").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            raise HeldError(f"{folder} is in use by another gatehouse run; stop that one, or choose --data") from e
        yield
