"""Which fields are told of: the one the person writes in, and never one for passwords; with a real GTK form."""

import subprocess
from collections.abc import Iterator

import pytest
from jeepney import MatchRule

from agent.linux.accessible_bus import AccessibleBus
from agent.linux.accessible_fields import AccessibleFields
from agent.linux.surroundings import Surroundings
from agent.session.desktop import Edited, Event, Focused, Stood, Window
from tests.agent.linux.conftest import Eyes
from tests.desktop import Screen

GTK = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk
window = Gtk.Window(title="A form")
box = Gtk.Box()
name, secret, log = Gtk.Entry(text="my cat sleeps"), Gtk.Entry(), Gtk.Entry(text="log:")
secret.set_visibility(False)
secret.set_input_purpose(Gtk.InputPurpose.PASSWORD)
for field in (name, secret, log):
    field.set_width_chars(20)
    box.add(field)
name.connect("changed", lambda entry: log.set_text(log.get_text() + "x"))
name.connect("activate", lambda entry: secret.set_visibility(True))
window.add(box)
window.show_all()
name.grab_focus()
name.set_position(3)
Gtk.main()
"""
PYTHON = "/usr/bin/python3"
_CHECK = "import gi; gi.require_version('Gtk', '3.0')"
has_gtk = subprocess.run([PYTHON, "-c", _CHECK], capture_output=True, check=False).returncode == 0
pytestmark = pytest.mark.skipif(not has_gtk, reason="needs Debian's python3-gi gir1.2-gtk-3.0")
WINDOW = Window(key="w", app="Form")
RULES = [
    MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member=member)
    for member in ("TextChanged", "StateChanged")
]


@pytest.fixture
def bus(where: Surroundings) -> Iterator[AccessibleBus]:
    made = AccessibleBus(where.bus)
    made.listen(*RULES, events=("object:text-changed", "object:state-changed:focused"))
    yield made
    made.close()


def told(bus: AccessibleBus, fields: AccessibleFields) -> Iterator[Event]:
    """Until nothing comes for a moment."""
    while signal := bus.signal(0.5):
        if signal.member == "TextChanged":
            yield from fields.of_text(signal)
        elif signal.detail == "focused":
            yield from fields.of_focus(signal)


def test_what_stood_there_is_told_before_what_is_typed_and_what_a_program_writes_is_not(
    desk: Screen, bus: AccessibleBus, eyes: Eyes
) -> None:
    desk.start(PYTHON, "-c", GTK)
    eyes.wait_for_field("A form")
    fields = AccessibleFields(bus, lambda: WINDOW, lambda: WINDOW)
    list(told(bus, fields))
    desk.type("fat ")
    events = list(told(bus, fields))
    assert [(e.start, e.text) for e in events if isinstance(e, Stood)] == [(0, "my cat sleeps")]
    assert "".join(e.inserted for e in events if isinstance(e, Edited)) == "fat "
    assert {e.start for e in events if isinstance(e, Edited)} == {3, 4, 5, 6}


def test_of_a_password_only_the_focus_is_told_even_when_it_is_made_visible(
    desk: Screen, bus: AccessibleBus, eyes: Eyes
) -> None:
    desk.start(PYTHON, "-c", GTK)
    eyes.wait_for_field("A form")
    fields = AccessibleFields(bus, lambda: WINDOW, lambda: WINDOW)
    list(told(bus, fields))
    desk.key("Tab")
    events = list(told(bus, fields))
    desk.type("hunter2")
    desk.key("shift+Tab", "Return", "Tab")
    desk.type(" shown")
    events += told(bus, fields)
    secrets = [e for e in events if isinstance(e, Focused) and e.field and e.field.is_secure]
    assert len(secrets) >= 2
    assert not [e for e in events if isinstance(e, Edited | Stood)]


def test_a_password_of_which_only_the_bullets_come_in_time_is_none_of_ours_either(
    desk: Screen, bus: AccessibleBus, eyes: Eyes
) -> None:
    """A program may hang while it is typed, and say that it is an ordinary field once it is made visible."""
    desk.start(PYTHON, "-c", GTK)
    eyes.wait_for_field("A form")
    fields = AccessibleFields(bus, lambda: WINDOW, lambda: WINDOW)
    desk.key("Tab")
    desk.type("hunter2")
    desk.key("shift+Tab", "Return", "Tab")
    desk.type(" shown")
    assert not [e for e in told(bus, fields) if isinstance(e, Edited | Stood)]


def test_a_program_that_has_not_the_keyboard_is_not_told_of(desk: Screen, bus: AccessibleBus, eyes: Eyes) -> None:
    desk.start(PYTHON, "-c", GTK)
    eyes.wait_for_field("A form")
    other = Window(key="o", app="Other", pid=1)
    fields = AccessibleFields(bus, lambda: other, lambda: other)
    desk.type("cats")
    assert not [e for e in told(bus, fields) if isinstance(e, Edited | Stood)]
