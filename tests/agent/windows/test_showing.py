from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent.telling.words import Told, told
from agent.windows.showing import WindowsShowing
from agent.windows.tray_calls import BALLOON_CLICKED, LEFT_UP, RIGHT_UP
from tests.agent.telling.test_words import ALL, SCHOOL

MOVED = 0x0200
"""WM_MOUSEMOVE."""


@dataclass
class ScriptedTray:
    happens: list[list[int]] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)

    def icon(self, tip: str) -> None:
        self.said.append(("icon", tip))

    def balloon(self, title: str, text: str) -> None:
        self.said.append(("balloon", title, text))

    def wait(self) -> list[int]:
        return self.happens.pop(0)

    def wake(self) -> None:
        self.said.append(("woken",))

    def close(self) -> None:
        self.said.append(("closed",))


def test_the_icon_and_the_notification_say_who_monitors_and_where_help_is(tmp_path: Path) -> None:
    tray = ScriptedTray()
    showing = WindowsShowing(tmp_path, lambda: tray)
    showing.icon(told(ALL))
    showing.notify(told(ALL))
    (_, tip), (_, title, text) = tray.said
    assert tip == title == "Hill School monitors what is written on this device"
    assert SCHOOL.by in text
    assert SCHOOL.help in text


@pytest.mark.parametrize(
    ("happens", "wanted"),
    [([LEFT_UP], True), ([RIGHT_UP], True), ([MOVED, BALLOON_CLICKED], True), ([MOVED], False), ([], False)],
)
def test_a_click_on_either_wants_the_page(tmp_path: Path, happens: list[int], wanted: bool) -> None:
    assert WindowsShowing(tmp_path, lambda: ScriptedTray([happens])).wait() is wanted


def test_the_page_lies_in_the_persons_own_folder(tmp_path: Path) -> None:
    shown = list[tuple[Told, Path]]()
    WindowsShowing(tmp_path, ScriptedTray, lambda told, folder: shown.append((told, folder))).page(told(ALL))
    assert shown == [(told(ALL), tmp_path)]


def test_it_is_woken_and_closed_through_the_tray(tmp_path: Path) -> None:
    tray = ScriptedTray()
    showing = WindowsShowing(tmp_path, lambda: tray)
    showing.wake()
    showing.close()
    assert tray.said == [("woken",), ("closed",)]
