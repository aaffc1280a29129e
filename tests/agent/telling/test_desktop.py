"""A real bus, a real dunst: what is shown, and what a click leads to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from agent.telling.desktop import Desktop
from agent.telling.last_told import LastTold
from agent.telling.opening import NAME
from agent.telling.tray import ITEM, PATH, WATCHER
from agent.telling.words import told
from tests.agent.telling.conftest import DesktopHere
from tests.agent.telling.test_words import ALL
from tests.appliance.deadline import eventually


@pytest.fixture
def last(tmp_path: Path) -> LastTold:
    return LastTold(kept=tmp_path / "kept", here=tmp_path / "here")


@contextmanager
def telling(desktop: DesktopHere, last: LastTold) -> Iterator[Desktop]:
    with open_dbus_connection(desktop.bus) as bus:
        yield Desktop(bus, told(ALL), last, again=0.05)


def turning(here: Desktop, wanted: Callable[[], object]) -> None:
    """Until ``wanted()`` is true."""

    def turned() -> bool:
        here.turn()
        return bool(wanted())

    eventually(turned)


def test_at_the_first_sign_in_it_is_shown_and_the_page_opens(desktop: DesktopHere, last: LastTold) -> None:
    with _the_notice(desktop) as started, desktop.showing_notifications(), telling(desktop, last) as here:
        turning(here, started)
        assert desktop.shown() == 1
        desktop.dunst("close-all")
        assert "Hill School monitors what is written on this device" in desktop.dunst("history")


def test_a_notification_that_nobody_shows_yet_is_shown_later(desktop: DesktopHere, last: LastTold) -> None:
    with telling(desktop, last) as here:
        turning(here, lambda: here.wait() is not None)
        with desktop.showing_notifications():
            turning(here, lambda: desktop.shown() == 1)


def test_a_click_on_it_starts_the_program_that_shows_the_notice(desktop: DesktopHere, last: LastTold) -> None:
    last.was_told(told(ALL))
    (last.here / "told").unlink()
    with _the_notice(desktop) as started, desktop.showing_notifications(), telling(desktop, last) as here:
        turning(here, lambda: desktop.shown() == 1)
        desktop.dunst("action", "0")
        turning(here, started)


def test_at_the_same_sign_in_it_is_shown_once(desktop: DesktopHere, last: LastTold) -> None:
    last.was_told(told(ALL))
    with desktop.showing_notifications(), telling(desktop, last) as here:
        here.changed(told(replace(ALL, paused="it is a holiday")))
        here.turn()
        assert desktop.shown() == 0
        here.changed(told(replace(ALL, notice=replace(ALL.notice, text="Now at home too."))))
        turning(here, lambda: desktop.shown() == 1)


def test_what_was_said_before_the_school_answered_gives_way_to_what_is_so(desktop: DesktopHere, last: LastTold) -> None:
    unknown = told(replace(ALL, paused="of this account nothing is recorded"))
    with (
        _the_notice(desktop) as started,
        desktop.showing_notifications(),
        open_dbus_connection(desktop.bus) as bus,
    ):
        here = Desktop(bus, unknown, last, again=0.05)
        turning(here, lambda: desktop.shown() == 1)
        assert not started()
        here.changed(told(ALL))
        turning(here, started)
        assert desktop.shown() == 1
        desktop.dunst("close-all")
        assert "Hill School monitors" in desktop.dunst("history")


def test_a_tray_that_appears_later_gets_the_icon_and_a_click_opens_the_notice(
    desktop: DesktopHere, last: LastTold
) -> None:
    last.was_told(told(ALL))
    with _the_notice(desktop) as started, telling(desktop, last) as here, open_dbus_connection(desktop.bus) as tray:
        tray.send_and_get_reply(message_bus.RequestName(WATCHER))
        registered = _call(tray, here, "RegisterStatusNotifierItem")
        tray.send(new_method_return(registered))
        item = DBusAddress(PATH, bus_name=registered.body[0], interface=ITEM)
        tray.send(new_method_call(item, "Activate", "ii", (1, 1)))
        turning(here, started)


def _call(tray: DBusConnection, here: Desktop, name: str) -> Message:
    """The first one of that name, as the tray hears it."""
    heard = list[Message]()

    def came() -> bool:
        here.turn()
        try:
            heard.append(tray.receive(timeout=0))
        except TimeoutError:
            return False
        return heard[-1].header.fields.get(HeaderFields.member) == name

    eventually(came)
    assert heard[-1].header.message_type is MessageType.method_call
    return heard[-1]


@contextmanager
def _the_notice(desktop: DesktopHere) -> Iterator[Callable[[], bool]]:
    """Instead of the real program, one that only says it was started."""
    said = desktop.folder / "started"
    file = desktop.folder / "notice.service"
    file.write_text(f"[D-BUS Service]\nName={NAME}\nExec=/usr/bin/touch {said}\n")
    with open_dbus_connection(desktop.bus) as bus:
        bus.send_and_get_reply(new_method_call(message_bus, "ReloadConfig"))
    yield said.exists
