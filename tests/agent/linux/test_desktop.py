"""The Linux desktop as a session meets it; what real programs show and tell is in test_real_programs."""

from dataclasses import replace

import pytest

from agent.linux.desktop import LinuxDesktop
from agent.linux.surroundings import Surroundings
from agent.session.desktop import Activated, Desktop, Event
from tests.desktop import Screen, needs, wait_for


def test_without_a_desktop_it_says_so_in_a_sentence() -> None:
    with pytest.raises(OSError, match="no program of this account has a DISPLAY"):
        LinuxDesktop(Surroundings()).begin(lambda event: None)


@needs("xterm")
def test_windows_are_told_as_they_come_and_go_and_nothing_after_the_end(desk: Screen, where: Surroundings) -> None:
    told = list[Event]()
    desktop: Desktop = LinuxDesktop(where)
    desktop.begin(told.append)
    desk.start("xterm", "-T", "One")
    desk.wait_for_window("One")
    first = wait_for(lambda: next((e.window for e in told if isinstance(e, Activated) and e.window), None))
    assert (first.app, first.title) == ("XTerm", "One")
    assert desktop.active() == first
    assert desktop.picture(first).startswith(b"\xff\xd8")
    assert desktop.picture(replace(first, key="x1")) == b""
    assert desktop.texts(first) == ()
    desk.stop_programs()
    wait_for(lambda: told[-1] == Activated(window=None))
    desktop.end()
    count = len(told)
    desk.start("xterm", "-T", "Two")
    desk.wait_for_window("Two")
    desk.stop_programs()
    assert len(told) == count


def test_on_wayland_it_says_what_cannot_be_seen(where: Surroundings) -> None:
    desktop = LinuxDesktop(replace(where, wayland="wayland-0"))
    desktop.begin(lambda event: None)
    assert [sentence for sentence in desktop.unseen() if "Wayland" in sentence and "pictures" in sentence]
    desktop.end()


def test_without_accessibility_windows_are_still_known_and_it_says_what_is_missing(where: Surroundings) -> None:
    desktop = LinuxDesktop(replace(where, bus="unix:path=/nonexistent"))
    desktop.begin(lambda event: None)
    assert desktop.active() is None
    assert [sentence for sentence in desktop.unseen() if "at-spi2-core" in sentence]
    desktop.end()
