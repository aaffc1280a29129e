"""What is due, and when again."""

from proxy_addons.supervisor.timetable import Timetable


def test_everything_is_due_at_first_and_then_every_so_many_seconds():
    timetable = Timetable()
    assert [timetable.is_due("count", 15.0, now) for now in (100.0, 114.9, 115.0, 116.0)] == [True, False, True, False]
    assert timetable.is_due("report", 15.0, 116.0)


def test_what_is_brought_forward_is_due_at_once():
    timetable = Timetable()
    assert timetable.is_due("report", 15.0, 100.0)
    timetable.bring_forward("report")
    assert timetable.is_due("report", 15.0, 100.1)
