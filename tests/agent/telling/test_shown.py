"""Telling where there is no session's bus: what a person meets, by a desktop that writes down what it was given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest

from agent.telling.last_told import LastTold
from agent.telling.shown import ShownTelling, shown_here
from agent.telling.words import Told
from tests.agent.telling.test_words import ALL
from tests.appliance.deadline import eventually

CHANGED = replace(ALL, notice=replace(ALL.notice, text="Now at home too."))


class Desk:
    def __init__(self, fails: int = 0) -> None:
        self.given, self.fails = list[tuple[str, str]](), fails
        self.turns = SimpleQueue[bool]()

    def icon(self, told: Told) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("there is no tray")
        self.given.append(("icon", told.text))

    def notify(self, told: Told) -> None:
        self.given.append(("notification", told.text))

    def page(self, told: Told) -> None:
        self.given.append(("page", told.text))

    def wait(self) -> bool:
        return self.turns.get()

    def wake(self) -> None:
        self.turns.put(False)

    def close(self) -> None:
        self.given.append(("closed", ""))

    def count(self, what: str) -> int:
        return sum(kind == what for kind, _ in self.given)


@contextmanager
def telling(desk: Desk, folder: Path, sign_in: str = "first") -> Iterator[ShownTelling]:
    made = ShownTelling(lambda: desk, LastTold(kept=folder / "kept", here=folder / sign_in), again=0.01)
    made.start()
    try:
        yield made
    finally:
        made.stop()


def test_the_first_time_the_page_comes_up_beside_the_notification(tmp_path: Path) -> None:
    desk = Desk()
    with telling(desk, tmp_path) as told:
        told.orders(ALL)
        eventually(lambda: desk.count("page") == 1)
    assert [kind for kind, _ in desk.given] == ["icon", "notification", "page", "closed"]


def test_at_later_sign_ins_there_is_a_notification_alone(tmp_path: Path) -> None:
    first, second = Desk(), Desk()
    with telling(first, tmp_path) as told:
        told.orders(ALL)
        eventually(lambda: first.count("page") == 1)
    with telling(second, tmp_path, "second") as told:
        told.orders(ALL)
        eventually(lambda: second.count("notification") == 1)
    assert second.count("page") == 0


def test_a_changed_notice_is_told_at_once_and_what_is_the_same_is_not(tmp_path: Path) -> None:
    desk = Desk()
    with telling(desk, tmp_path) as told:
        told.orders(ALL)
        told.orders(ALL)
        eventually(lambda: desk.count("page") == 1)
        told.orders(CHANGED)
        eventually(lambda: desk.count("page") == 2)
    assert desk.given[-2] == ("page", "Now at home too.")
    assert desk.count("notification") == 2


def test_a_click_opens_the_page(tmp_path: Path) -> None:
    desk = Desk()
    with telling(desk, tmp_path) as told:
        told.orders(ALL)
        eventually(lambda: desk.count("page") == 1)
        desk.turns.put(True)
        eventually(lambda: desk.count("page") == 2)


def test_a_desktop_that_is_not_there_yet_is_told_later(tmp_path: Path) -> None:
    desk = Desk(fails=2)
    with telling(desk, tmp_path) as told:
        told.orders(ALL)
        eventually(lambda: desk.count("page") == 1)


@pytest.mark.parametrize("starts", [1, 2])
def test_each_start_of_the_sessions_program_counts_as_a_sign_in(tmp_path: Path, starts: int) -> None:
    desks = list[Desk]()
    for _ in range(starts):
        desk = Desk()
        desks.append(desk)
        told = shown_here(lambda _, desk=desk: desk, tmp_path / "kept")  # type: ignore[misc]
        told.start()
        told.orders(ALL)
        eventually(lambda desk=desk: desk.count("notification") == 1)  # type: ignore[misc]
        told.stop()
    assert [desk.count("page") for desk in desks] == [1, 0][:starts]
