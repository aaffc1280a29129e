"""When the screen is looked at, and what of it is new."""

import pytest

from agent.session.screen_texts import MOST, ScreenTexts


def test_nothing_is_looked_at_until_something_changes_and_then_once() -> None:
    screen = ScreenTexts()
    assert screen.due is None
    screen.changed(10.0)
    due = screen.due
    screen.changed(10.1)
    assert screen.due == due
    screen.looked([], 11.0, 0.1)
    assert screen.due is None


@pytest.mark.parametrize(("took", "soonest"), [(0.001, 2.0), (0.1, 10.0), (2.0, 15.0)])
def test_a_hundredth_of_the_time_goes_into_looking_and_on_a_slow_machine_more(took: float, soonest: float) -> None:
    screen = ScreenTexts()
    screen.looked([], 10.0, took)
    screen.changed(10.0)
    assert screen.due == pytest.approx(10.0 + soonest)


def test_another_page_is_looked_at_sooner() -> None:
    screen = ScreenTexts()
    screen.looked([], 10.0, 0.5)
    screen.changed(11.0)
    assert screen.due == 25.0
    screen.changed(11.0, is_other=True)
    assert screen.due == 12.0


def test_only_what_is_new_is_said() -> None:
    screen = ScreenTexts()
    assert screen.looked(["Cats sleep. Dogs bark.", "Home"], 0.0, 0.0) == "Cats sleep.\nDogs bark.\nHome"
    assert screen.looked(["Cats sleep. Cows moo.", "home", "12:30"], 9.0, 0.0) == "Cows moo."


def test_what_the_person_wrote_is_not_shown_to_them() -> None:
    screen = ScreenTexts()
    screen.known("My cat sleeps.")
    assert screen.looked(["My cat sleeps. Nice!"], 0.0, 0.0) == "Nice!"


def test_what_is_forgotten_is_new_again_and_memory_is_bounded() -> None:
    screen = ScreenTexts()
    screen.looked([f"line {i}" for i in range(2 * MOST)], 0.0, 0.0)
    assert len(screen._said) == MOST
    screen.forget()
    assert screen.looked(["line 1"], 0.0, 0.0) == "line 1"
