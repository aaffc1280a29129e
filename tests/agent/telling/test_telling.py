"""Telling as a session runs it: beside everything else, with a desktop that may not be there yet."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.orders import Orders
from agent.telling.last_told import LastTold
from agent.telling.telling import Telling
from tests.agent.telling.conftest import DesktopHere
from tests.agent.telling.test_words import ALL
from tests.appliance.deadline import eventually


@pytest.fixture
def told(desktop: DesktopHere, tmp_path: Path) -> Iterator[Telling]:
    last = LastTold(kept=tmp_path / "kept", here=tmp_path / "here")
    telling = Telling(lambda: desktop.bus, last, again=0.05)
    telling.start()
    yield telling
    telling.stop()


def test_whoever_signs_in_is_told_as_soon_as_there_are_orders(desktop: DesktopHere, told: Telling) -> None:
    with desktop.showing_notifications():
        assert desktop.shown() == 0
        told.orders(ALL)
        eventually(lambda: desktop.shown() == 1)


def test_it_is_told_on_a_desktop_that_comes_up_later(desktop: DesktopHere, told: Telling) -> None:
    told.orders(ALL)
    with desktop.showing_notifications():
        eventually(lambda: desktop.shown() == 1)


def test_a_changed_notice_is_told_at_once(desktop: DesktopHere, told: Telling) -> None:
    with desktop.showing_notifications():
        told.orders(ALL)
        eventually(lambda: desktop.shown() == 1)
        desktop.dunst("close-all")
        eventually(lambda: desktop.shown() == 0)
        told.orders(replace(ALL, notice=replace(ALL.notice, text="Now at home too.")))
        eventually(lambda: desktop.shown() == 1)


def test_a_bus_that_does_not_answer_holds_nobody_up(tmp_path: Path) -> None:
    last = LastTold(kept=tmp_path / "kept", here=tmp_path / "here")
    telling = Telling(lambda: f"unix:path={tmp_path}/nobody", last, again=0.05)
    telling.start()
    telling.orders(Orders())
    telling.stop()
    assert not last.kept.exists()


def test_it_can_be_stopped_before_there_are_orders(tmp_path: Path) -> None:
    telling = Telling(lambda: "", LastTold(kept=tmp_path / "kept", here=tmp_path / "here"))
    telling.start()
    telling.stop()
