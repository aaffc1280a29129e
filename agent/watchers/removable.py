"""The names of the files on media that are plugged in; never what is in them."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from agent.seen import Seen
from agent.watchers.looking import Looking
from agent.watchers.mounts import Medium, media
from agent.watchers.unread import Tally, Unread
from detection.observation import Channel, Direction
from detection.storable import storable

APP = "Removable media"
EVERY, AGAIN = 5.0, 60.0
"""Seconds between two looks for what is plugged in, and between two at what has come upon it since."""
MOST_NAMES = 5_000
"""Of one medium."""
_TOGETHER = 100
_MOST_FOLDERS = 1_000


class RemovableWatcher:
    def __init__(
        self,
        tell: Callable[[Seen], None],
        tally: Tally,
        *,
        every: float = EVERY,
        again: float = AGAIN,
        most: int = MOST_NAMES,
        plugged_in: Callable[[], Sequence[Medium]] = media,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell, self._tally, self._again, self._plugged_in, self._clock = tell, tally, again, plugged_in, clock
        self._most = most
        self._said = dict[Medium, set[int]]()
        self._looked = dict[Medium, float]()
        self._looking = Looking("removable", self._look, lambda orders: orders.removable, every)
        self.obey, self.close = self._looking.obey, self._looking.close

    def _look(self, since: float) -> None:
        there, now = self._plugged_in(), self._clock()
        for medium in self._said.keys() - set(there):
            del self._said[medium], self._looked[medium]
        for medium in there:
            if medium not in self._looked or now >= self._looked[medium] + self._again:
                self._looked[medium] = now
                self._list(medium, self._said.setdefault(medium, set()))

    def _list(self, medium: Medium, said: set[int]) -> None:
        new = (name for name in _names(medium.path) if hash(name) not in said)
        while self._looking.goes_on and (names := list(islice(new, _TOGETHER))):
            if len(said) >= self._most:
                self._tally.unread(Unread.CROWDED)
                return
            said.update(map(hash, names))
            self._say(medium, names)

    def _say(self, medium: Medium, names: Sequence[str]) -> None:
        label, text = storable(medium.path.name), storable("\n".join(names))
        seen = Seen(
            channel=Channel.FILE_NAME, direction=Direction.SHOWN, app=APP, title=label, location=label, text=text
        )
        self._tell(seen)


def _names(path: Path) -> Iterator[str]:
    """Of files and folders, without where they are; no link is followed, and nothing hidden is named."""
    walked = islice(os.walk(path), _MOST_FOLDERS)
    for _, folders, files in walked:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (name for name in (*folders, *sorted(files)) if not name.startswith("."))
