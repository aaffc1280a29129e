import logging
from collections.abc import Iterator

import pytest

from agent.polling.desktop import PolledDesktop, changes
from agent.session.desktop import Activated, Desktop, Event, Focused, Redrawn, Rewritten, Stood, Window
from tests.agent.polling.scripted_screen import NOTES, ScriptedScreen, focus
from tests.agent.watchers.waiting import until

MAIL = Window(key="2", app="Mail", title="Inbox")


class Polled:
    def __init__(self) -> None:
        self.screen, self.told = ScriptedScreen(), list[Event]()
        self.desktop: Desktop = PolledDesktop(self.screen, every=0.01)

    def looked(self) -> None:
        """At least once more, from the beginning."""
        looks = self.screen.looks
        until(lambda: self.screen.looks > looks + 1)

    @property
    def changes(self) -> list[Event]:
        return [event for event in self.told if not isinstance(event, Redrawn)]


@pytest.fixture
def polled() -> Iterator[Polled]:
    made = Polled()
    made.desktop.begin(made.told.append)
    yield made
    made.desktop.end()


def test_what_changes_is_told_once(polled: Polled) -> None:
    first, second = focus("The Ni"), focus("The Nile")
    polled.looked()
    polled.screen.focused = first
    polled.looked()
    polled.screen.focused = second
    polled.looked()
    polled.screen.focused = None
    polled.looked()
    assert polled.changes == [
        Activated(window=NOTES),
        Focused(field=first.field),
        Stood(field=first.field, text="The Ni"),
        Rewritten(field=first.field, text="The Nile"),
        Focused(field=None),
    ]
    assert Redrawn(window=NOTES) in polled.told


def test_of_a_secure_field_nothing_is_told_but_that_it_has_the_focus() -> None:
    secret = focus("not to be seen", secure=True)
    assert changes(None, secret) == [Focused(field=secret.field)]
    assert changes(secret, focus("not to be seen either", secure=True)) == []
    assert changes(secret, None) == [Focused(field=None)]


def test_a_field_that_becomes_readable_begins_with_what_stands_there() -> None:
    silent, heard = focus(None), focus("The Nile")
    assert changes(silent, heard) == [Stood(field=heard.field, text="The Nile")]
    assert changes(heard, silent) == []


def test_another_window_is_told_and_none_too(polled: Polled) -> None:
    polled.looked()
    for shown in (MAIL, None):
        polled.screen.shown = shown
        polled.looked()
    assert polled.changes == [Activated(window=NOTES), Activated(window=MAIL), Activated(window=None)]


def test_everything_is_asked_on_one_thread(polled: Polled) -> None:
    assert polled.desktop.active() == NOTES
    assert polled.desktop.texts(NOTES) == ["on notes.txt"]
    assert polled.desktop.unseen() == ["something"]
    polled.desktop.end()
    assert polled.screen.is_closed
    assert len(polled.screen.threads) == 1


def test_a_picture_is_taken_of_the_active_window_alone(polled: Polled) -> None:
    assert polled.desktop.picture(NOTES) == b"jpeg"
    assert polled.desktop.picture(MAIL) == b""


def test_nothing_is_told_after_its_end_nor_answered(polled: Polled) -> None:
    polled.looked()
    polled.desktop.end()
    count = len(polled.told)
    polled.screen.shown = MAIL
    assert polled.desktop.active() is None
    assert len(polled.told) == count


def test_a_window_that_goes_away_under_a_question_costs_no_more_than_the_answer(
    polled: Polled, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        polled.screen.error = ValueError("a.clarke's diary")
        assert polled.desktop.active() is None
        polled.looked()
        polled.screen.error = None
        assert polled.desktop.active() == NOTES
    assert "ValueError" in caplog.text
    assert "diary" not in caplog.text


@pytest.mark.parametrize("error", [OSError("nobody is signed in"), ValueError("else")])
def test_where_there_is_no_screen_it_is_said(error: Exception) -> None:
    screen = ScriptedScreen()
    screen.error = error
    with pytest.raises(OSError, match=r"nobody is signed in|no screen: ValueError"):
        PolledDesktop(screen).begin(lambda event: None)


def test_where_nobody_touches_anything_it_hardly_looks(polled: Polled) -> None:
    polled.looked()
    polled.screen.seconds_idle = 60.0
    looks = polled.screen.looks
    until(lambda: polled.screen.looks > looks)
    after = polled.screen.looks
    for _ in range(20):
        polled.desktop.active()
    assert polled.screen.looks <= after + 1
