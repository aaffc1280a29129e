"""At the end of the day: what the pupil was answered and what the disks promised, against what is in the database."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.appliance.deadline import eventually
from tests.journeys.pupil import Try
from tests.journeys.stand import Stand
from tests.journeys.traces import filed, letters, undrawn


@dataclass(frozen=True)
class Reckoning:
    tries: int
    answered: int
    """Markers of tries that the pupil was answered whole."""
    captures: int
    lost: tuple[str, ...]
    """Owed, and in no capture."""
    twice: tuple[str, ...]
    strange: tuple[str, ...]
    """In a capture, and said by nobody."""

    def __str__(self) -> str:
        wrong = f"{len(self.lost)} lost, {len(self.twice)} more than once, {len(self.strange)} out of nowhere"
        return (
            f"{self.tries} things done, {self.answered} flagged events answered whole, {self.captures} filed: {wrong}"
        )


def settle(stand: Stand, *, drawn: bool = True) -> None:
    """Return once nothing waits on the gateway, and every capture has its picture or the reason why not."""
    eventually(lambda: letters(stand).waiting == 0, within=120)
    if drawn:
        _let_leases_run_out(stand)
        eventually(lambda: not undrawn(stand), within=600)


def reckon(stand: Stand, tries: Iterable[Try], found: Iterable[str] = ()) -> Reckoning:
    """``found``: markers that were on the gateway's disk; they are owed as much as what was answered."""
    tries, stored = list(tries), filed(stand)
    answered = {marker for what in tries if what.whole for marker in what.markers}
    passed_on = {m for what in tries if what.is_written and what.path in stand.web.asked for m in what.markers}
    said = {marker for what in tries for marker in what.markers}
    return Reckoning(
        tries=len(tries),
        answered=len(answered),
        captures=sum(stored[marker] for marker in said),
        lost=tuple(sorted((answered | passed_on | set(found)) - stored.keys())),
        twice=tuple(sorted(marker for marker in said if stored[marker] > 1)),
        strange=tuple(sorted(stored.keys() - said)),
    )


def _let_leases_run_out(stand: Stand) -> None:
    """A killed worker's captures are its own for five minutes. Instead of waiting, let the five minutes be over."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(stand.places.folder / "gatehouse.db", timeout=60)) as database, database:
        database.execute("UPDATE captures SET draw_next_at = ? WHERE draw_state = 'due'", (now,))
