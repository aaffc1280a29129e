"""The notification: its words, how long it stays, and what counts as a click on it."""

from dataclasses import replace

from jeepney import DBusAddress, new_signal

from agent.telling.notification import SERVICE, is_click, notification
from agent.telling.words import told
from tests.agent.telling.test_words import ALL, SCHOOL

ADDRESS = DBusAddress("/org/freedesktop/Notifications", interface=SERVICE)


def test_it_says_who_and_where_help_is() -> None:
    _, _, _, title, body, *_ = notification(told(ALL), stays=True).body
    assert title == "Hill School monitors what is written on this device"
    assert SCHOOL.by in body
    assert SCHOOL.help in body


def test_what_the_school_wrote_is_no_markup() -> None:
    said = told(replace(ALL, notice=replace(SCHOOL, by="<b>Head & lead</b>")))
    assert "&lt;b&gt;Head &amp; lead&lt;/b&gt;" in notification(said, stays=True).body[4]


def test_the_first_stays_and_later_ones_go_by_themselves() -> None:
    assert notification(told(ALL), stays=True).body[-1] == 0
    assert notification(told(ALL), stays=False).body[-1] == -1


def test_a_click_is_one_on_our_own_notification() -> None:
    clicked = new_signal(ADDRESS, "ActionInvoked", "us", (7, "default"))
    assert is_click(clicked, 7)
    assert not is_click(clicked, 8)
    assert not is_click(new_signal(ADDRESS, "NotificationClosed", "uu", (7, 1)), 7)
