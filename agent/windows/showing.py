"""What tells the person on Windows: an icon in the tray, a notification from it, and the page."""

from collections.abc import Callable
from pathlib import Path

from agent.telling.browser import show_page
from agent.telling.notification import lines
from agent.telling.words import Told
from agent.windows.tray_calls import BALLOON_CLICKED, LEFT_UP, RIGHT_UP, TrayCalls, tray_calls

_WANTS_THE_PAGE = frozenset({LEFT_UP, RIGHT_UP, BALLOON_CLICKED})


class WindowsShowing:
    def __init__(
        self,
        folder: Path,
        calls: Callable[[], TrayCalls] = tray_calls,
        show: Callable[[Told, Path], object] = show_page,
    ) -> None:
        """``folder``: where the page is kept."""
        self._folder, self._calls, self._show = folder, calls(), show

    def icon(self, told: Told) -> None:
        self._calls.icon(told.headline)

    def notify(self, told: Told) -> None:
        """Windows shows it for as long as it shows others, and keeps it among what was missed."""
        self._calls.balloon(told.headline, "\n".join(lines(told)))

    def page(self, told: Told) -> None:
        self._show(told, self._folder)

    def wait(self) -> bool:
        return not _WANTS_THE_PAGE.isdisjoint(self._calls.wait())

    def wake(self) -> None:
        self._calls.wake()

    def close(self) -> None:
        self._calls.close()
