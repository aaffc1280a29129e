from datetime import UTC, datetime

from agent.windows.account import number_of
from agent.windows.logins import InSession, WindowsLogins

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANNA, BEN = "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002"
NAMES = {ANNA: "a.clarke", BEN: "b.reid"}


class Device:
    def __init__(self) -> None:
        self.there = list[InSession]()
        self.logins = WindowsLogins(lambda: self.there, NAMES.__getitem__, lambda: NOW)


def test_each_session_with_somebody_in_it_is_a_sign_in() -> None:
    device = Device()
    device.there = [(1, ANNA), (2, BEN)]
    logins = list(device.logins.now())
    assert [(each.account, each.uid, each.since) for each in logins] == [
        ("a.clarke", number_of(ANNA), NOW),
        ("b.reid", number_of(BEN), NOW),
    ]
    assert list(device.logins.now()) == logins, "asked again they are the same"


def test_whoever_signs_in_after_another_is_another_sign_in_though_the_number_is_the_same() -> None:
    device = Device()
    ids = set[str]()
    for sid in (ANNA, BEN, ANNA):
        device.there = [(1, sid)]
        ids.update(each.id for each in device.logins.now())
    assert len(ids) == 3


def test_it_is_passed_on_when_windows_tells_of_a_change() -> None:
    device, told = Device(), list[bool]()
    device.logins.start(lambda: told.append(True))
    device.logins.session_changed()
    assert told == [True]
