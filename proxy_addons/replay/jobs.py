"""Play a capture in several processes at once, each its share of the clients, and put together what they found."""

import gc
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from detection.grading import Detection
from detection.observation import Evidence
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.placing import in_one_order
from proxy_addons.replay.replay import WHERE_THERE_ARE_ANY, Outcome
from proxy_addons.replay.share import Share

SMALL = 4 << 20
"""Bytes of a file for which a second job is not worth its start."""
_FORK = multiprocessing.get_context("fork")
"""The automatons, which take seconds to build, are there already in a process that is forked."""


class JobError(ValueError):
    """A job has come to an end before its share was played."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one job found."""

    outcome: Outcome
    evidence: dict[str, Evidence | None]
    """Of what may be drawn, by observation."""
    undelivered: str = ""


T = TypeVar("T")
Play = Callable[[Share], Part]


def played(play: Play, file: Path, jobs: int) -> Part:
    """What ``play`` raises; JobError. The first share is played in this process."""
    number = jobs if jobs > 1 and file.is_file() and file.stat().st_size >= SMALL else 1
    with _Forks(play, number) as forks:
        return together([play(Share(0, number)), *forks.parts()])


class _Forks:
    """The shares but the first. None outlives the ``with``."""

    def __init__(self, play: Play, jobs: int) -> None:
        pipes = [_FORK.Pipe(duplex=False) for _ in range(1, jobs)]
        self._ends = [read for read, _ in pipes]
        self._processes = [
            _FORK.Process(target=_work, args=(play, Share(number, jobs), write), daemon=True)
            for number, (_, write) in enumerate(pipes, 1)
        ]
        gc.freeze()  # what the garbage collection of a fork looks at is copied
        for process, (_, write) in zip(self._processes, pipes, strict=True):
            process.start()
            write.close()
        gc.unfreeze()

    def __enter__(self) -> "_Forks":
        return self

    def parts(self) -> list[Part]:
        return [self._part(number) for number in range(len(self._ends))]

    def _part(self, number: int) -> Part:
        try:
            said: Part | str = self._ends[number].recv()
        except EOFError as e:
            self._processes[number].join()
            status = self._processes[number].exitcode
            raise JobError(f"job {number + 2} came to an end (status {status}) before its share was played") from e
        if isinstance(said, str):
            raise JobError(said)
        return said

    def __exit__(self, *_: object) -> None:
        for process, end in zip(self._processes, self._ends, strict=True):
            end.close()
            process.kill()
            process.join()


def _work(play: Play, share: Share, write: Connection) -> None:
    with suppress(KeyboardInterrupt):  # the first job says what it was
        try:
            write.send(play(share))
        except (ValueError, OSError) as e:  # of the file, as ``play`` raises them
            write.send(f"job {share.number + 1}: {e}")


def together(parts: list[Part]) -> Part:
    outcomes = [part.outcome for part in parts]
    coverage = sum((outcome.coverage for outcome in outcomes[1:]), outcomes[0].coverage)
    ledger = Ledger(coverage)
    ledger.requests = in_one_order(outcome.finds.requests for outcome in outcomes)
    ledger.bodies = in_one_order(outcome.finds.bodies for outcome in outcomes)
    outcome = replace(
        outcomes[0],
        detections=in_one_order((each.finds.detections for each in outcomes), _whose),
        ledger=ledger,
        coverage=coverage,
        read=_in_order(_added(outcome.read for outcome in outcomes)),
        unread=_added(outcome.unread for outcome in outcomes),
    )
    evidence = {id_: found for part in parts for id_, found in part.evidence.items()}
    return Part(outcome, evidence, parts[0].undelivered)


def _whose(detection: Detection) -> str:
    return detection.observation.subject.key


def _in_order(read: Counter[str]) -> Counter[str]:
    """As one job says it."""
    for name in WHERE_THERE_ARE_ANY:
        if name in read:
            read[name] = read.pop(name)
    return read


def _added(counts: Iterable[Counter[T]]) -> Counter[T]:
    """What is counted as nothing stays."""
    added = Counter[T]()
    for each in counts:
        added.update(each)
    return added
