"""Read the key logs that a tester names, and say which of their lines are of no use."""

from collections.abc import Callable, Iterable
from pathlib import Path

from proxy_addons.replay.tls.key_log import MOST, KeyLog, lines_of


def read_key_logs(files: Iterable[Path], say: Callable[[str], object]) -> KeyLog:
    """OSError where a file cannot be read. A line that cannot be is told, but not what it says: it may be a secret."""
    keys = KeyLog()
    for file in files:
        with file.open("rb") as opened:
            passed = keys.add(lines_of(opened))
        for number in passed.first:
            say(f"{file}: line {number} is not of a key log, and is skipped")
        if more := passed.bad - len(passed.first):
            say(f"{file}: {more:,} more lines are not of a key log")
        if passed.too_many:
            say(f"{file}: {passed.too_many:,} secrets are more than are kept ({MOST:,} in all)")
    return keys
