"""Who came and went is told to everybody who must know."""

from pathlib import Path

from agent.service.attendance import Attendance
from agent.service.connected_logins import ConnectedLogins
from tests.agent.service.test_gaps import NOW, Desk


def test_a_session_is_known_to_the_gaps_and_to_who_is_signed_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "j")
    logins = ConnectedLogins(lambda: NOW)
    attendance = Attendance(desk.gaps, logins)
    attendance.came(1000, "pupil")
    assert [login.account for login in logins.now()] == ["pupil"]
    attendance.went(1000, "pupil")
    assert logins.now() == ()
    desk.wait(1)
    assert desk.told == []
    desk.journal.close()


def test_where_the_system_says_who_is_signed_in_only_the_gaps_are_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "j")
    attendance = Attendance(desk.gaps, None)
    attendance.came(1000, "pupil")
    attendance.went(1000, "pupil")
    desk.wait(1, "pupil")
    attendance.came(1000, "pupil")
    assert [kind for kind, *_ in desk.told] == ["killed"]
    desk.journal.close()
