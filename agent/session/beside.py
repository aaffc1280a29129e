"""What is watched beside (documents, print jobs, media, words in pictures): loaded once the orders want any of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agent.orders import Orders
from agent.seen import Seen

if TYPE_CHECKING:
    from agent.watchers.screen_words import Shown
    from agent.watchers.watching import Watching


class Beside:
    def __init__(self, tell: Callable[[Seen], None], home: Path, account: str, shown: "Shown") -> None:
        self._tell, self._home, self._account, self._shown = tell, home, account, shown
        self._watching: Watching | None = None

    def obey(self, orders: Orders) -> None:
        on_screen = orders.screen and orders.ocr
        wanted = orders.documents or orders.prints or orders.removable or on_screen
        if wanted and not orders.paused and self._watching is None:
            from agent.watchers.watching import Watching

            self._watching = Watching(self._tell, self._home, self._account, self._shown)
        if self._watching:
            self._watching.obey(orders)

    def health(self) -> Sequence[str]:
        """What is not watched and why, in sentences; from any thread."""
        return self._watching.health() if self._watching else ()

    def close(self) -> None:
        if self._watching:
            self._watching.close()
