"""What processes and all their children cost: time of a processor, and memory, as the kernel counts them."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes. PSS counts what several processes share once, RSS in each of them."""

    rss: float
    pss: float


def tree(*roots: int) -> set[int]:
    """``roots`` and all that descend from them."""
    children = dict[int, list[int]]()
    for folder in Path("/proc").glob("[0-9]*"):
        if (fields := _stat(int(folder.name))) is not None:
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = set[int](), list(roots)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += children.get(each, [])
    return found


def seconds(*roots: int) -> float:
    """Of a processor, so far: also of children that have ended and been waited for."""
    return sum(_seconds(each) for each in tree(*roots))


def memory(*roots: int) -> Memory:
    rss = pss = 0.0
    for each in tree(*roots):
        try:
            rows = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has ended
            continue
        kilobytes = {row.split(":")[0]: int(row.split()[1]) for row in rows[1:]}
        rss += kilobytes["Rss"] / 1024
        pss += kilobytes["Pss"] / 1024
    return Memory(rss, pss)


def _seconds(process: int) -> float:
    fields = _stat(process)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _stat(process: int) -> list[str] | None:
    """What stands behind the program's name, which may hold anything."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
