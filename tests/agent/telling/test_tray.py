"""The icon in the tray: what a desktop may ask of it, and what opens the notice."""

from dataclasses import replace

import pytest
from jeepney import DBusAddress, Message, MessageType, new_method_call

from agent.telling import tray_menu
from agent.telling.tray import ITEM, PATH, Tray
from agent.telling.words import told
from tests.agent.telling.test_words import ALL

PROPERTIES = "org.freedesktop.DBus.Properties"


def asked(
    name: str, signature: str = "", body: tuple[object, ...] = (), *, interface: str = ITEM, path: str = PATH
) -> Message:
    message = new_method_call(DBusAddress(path, bus_name=":1.1", interface=interface), name, signature, body)
    message.header.serial = 1
    return message


def answered(message: Message, tray: Tray | None = None) -> tuple[Message, bool]:
    answer, opens = (tray or Tray(told(ALL))).answer(message)
    assert answer.serialise(serial=2)
    return answer, opens


@pytest.mark.parametrize(("name", "opens"), [("Activate", True), ("SecondaryActivate", True), ("ContextMenu", False)])
def test_a_click_opens_the_notice(name: str, opens: bool) -> None:
    assert answered(asked(name, "ii", (1, 1)))[1] is opens


def test_it_says_what_is_monitored() -> None:
    answer, _ = answered(asked("GetAll", "s", (ITEM,), interface=PROPERTIES))
    (properties,) = answer.body
    assert properties["Title"] == ("s", told(ALL).headline)
    assert told(ALL).monitored[0] in properties["ToolTip"][1][3]


def test_it_says_it_anew_when_that_changes() -> None:
    tray = Tray(told(ALL))
    paused = told(replace(ALL, paused="it is a holiday"))
    assert all(signal.serialise(serial=1) for signal in tray.changed(paused))
    answer, _ = answered(asked("Get", "ss", (ITEM, "Title"), interface=PROPERTIES), tray)
    assert answer.body == (("s", paused.headline),)


def test_its_menu_is_answered_too() -> None:
    answer, _ = answered(asked("Get", "ss", (tray_menu.INTERFACE, "Version"), interface=PROPERTIES))
    assert answer.body == (("u", 3),)


@pytest.mark.parametrize(
    "message",
    [
        asked("Explode"),
        asked("Get", "ss", (ITEM, "Colour"), interface=PROPERTIES),
        asked("Get", interface=PROPERTIES),
        asked("GetLayout", interface=tray_menu.INTERFACE, path=tray_menu.PATH),
    ],
)
def test_what_nobody_offers_is_an_error(message: Message) -> None:
    answer, opens = answered(message)
    assert answer.header.message_type is MessageType.error
    assert not opens
