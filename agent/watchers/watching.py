"""All that is watched beside what the desktop tells, under one set of orders."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.documents import DocumentWatcher
from agent.watchers.prints import PrintWatcher
from agent.watchers.removable import RemovableWatcher
from agent.watchers.screen_words import ScreenWords, Shown
from agent.watchers.unread import Tally

_log = logging.getLogger("agent")


class Watcher(Protocol):
    def obey(self, orders: Orders) -> None:
        """From now on. Returns at once; until the first orders nothing is watched."""

    def close(self) -> None:
        """Within a second; afterwards nothing is seen."""


class Watching:
    """What a session starts, gives every new ``Orders``, and closes at its end."""

    def __init__(self, tell: Callable[[Seen], None], home: Path, account: str, shown: Shown = lambda: None) -> None:
        """``tell`` is called from several threads and should return at once; ``shown`` from one, and may wait."""
        self._tally = Tally()
        self._documents = DocumentWatcher(tell, home, self._tally)
        self._prints = PrintWatcher(tell, account)
        self._all: Sequence[Watcher] = (
            self._documents,
            self._prints,
            RemovableWatcher(tell, self._tally),
            ScreenWords(tell, shown, self._tally),
        )
        self._said = set[str]()

    def obey(self, orders: Orders) -> None:
        for watcher in self._all:
            watcher.obey(orders)
        for sentence in self._documents.health():
            if sentence not in self._said:
                self._said.add(sentence)
                _log.warning("%s", sentence)

    def health(self) -> Sequence[str]:
        """Sentences for whoever looks after the device: what is not watched and why, how much was not read."""
        return [*self._documents.health(), *self._prints.health(), *self._tally.sentences()]

    def close(self) -> None:
        for watcher in self._all:
            watcher.close()
