import pytest

from agent.macos.accessibility import Front
from agent.macos.elements import AccessibleElement
from agent.macos.screen import NO_PICTURES, NOT_READ, MacScreen, file_name, mac_desktop
from agent.polling.desktop import PolledDesktop
from agent.session.desktop import Event, Focused, Rewritten, Stood
from tests.agent.macos.drawn_elements import Attributes, drawn, element
from tests.agent.watchers.waiting import until

CHAT = "https://example.org/chat"


class ScriptedMac:
    def __init__(self, field: Attributes | None = None) -> None:
        self.field, self.shown = field, Front(number=81, pid=412, app="Safari")
        self.said_title, self.granted, self.secure, self.asked = "Chat", True, False, 0

    def front(self) -> Front | None:
        return self.shown

    def window(self, front: Front) -> AccessibleElement | None:
        return element(drawn("AXWindow", drawn("AXStaticText", AXValue="hello")))

    def focused(self, front: Front) -> AccessibleElement | None:
        self.asked += 1
        return element(self.field) if self.field else None

    def title(self, front: Front) -> str:
        return self.said_title

    def document(self, front: Front) -> str:
        return "file:///Users/a.clarke/my%20essay.pages"

    def idle(self) -> float:
        return 0.0

    def is_secure_input(self) -> bool:
        return self.secure

    def picture(self, front: Front) -> bytes:
        return b"jpeg"

    def may_read(self) -> bool:
        return self.granted

    def may_picture(self) -> bool:
        return self.granted


def on_page(address: str) -> Attributes:
    field = drawn("AXTextArea", writable=True, AXValue="The Nile")
    drawn("AXWebArea", field, AXURL=address)
    return field


def test_a_window_is_known_with_its_page_and_document() -> None:
    screen = MacScreen(lambda: ScriptedMac(on_page(CHAT)))
    screen.open()
    window = screen.window()
    assert window
    assert (window.key, window.app, window.title, window.pid) == ("m81", "Safari", "Chat", 412)
    assert (window.address, window.document) == (CHAT, "my essay.pages")
    focus = screen.focus(window)
    assert focus
    assert focus.text == "The Nile"
    assert (screen.texts(window), screen.picture(window)) == (["hello"], b"jpeg")


def test_the_address_is_asked_for_again_after_a_second_or_for_another_title() -> None:
    seconds, mac = [0.0], ScriptedMac(on_page("https://example.org/1"))
    screen = MacScreen(lambda: mac, lambda: seconds[0])
    screen.open()
    screen.window()
    mac.field = on_page("https://example.org/2")
    first, seconds[0] = screen.window(), 1.5
    second = screen.window()
    mac.field, mac.said_title = on_page("https://example.org/3"), "Other"
    third = screen.window()
    assert [window.address[-1] for window in (first, second, third) if window] == ["1", "2", "3"]
    assert mac.asked == 3


def test_another_window_than_the_one_in_front_is_neither_read_nor_pictured() -> None:
    mac = ScriptedMac()
    screen = MacScreen(lambda: mac)
    screen.open()
    window = screen.window()
    assert window
    mac.shown = Front(number=82, pid=413, app="Mail")
    screen.window()
    assert (screen.texts(window), screen.picture(window)) == ((), b"")


def test_while_the_system_keeps_keys_secret_no_field_is_looked_at() -> None:
    mac = ScriptedMac(on_page(CHAT))
    mac.secure = True
    screen = MacScreen(lambda: mac)
    screen.open()
    window = screen.window()
    assert window
    asked = mac.asked
    assert screen.focus(window) is None
    assert mac.asked == asked


def test_what_was_not_granted_is_said() -> None:
    mac = ScriptedMac()
    screen = MacScreen(lambda: mac)
    screen.open()
    assert screen.unseen() == []
    mac.granted = False
    assert screen.unseen() == [NOT_READ, NO_PICTURES]


def test_what_is_typed_reaches_the_session_and_a_password_does_not() -> None:
    told, mac = list[Event](), ScriptedMac(on_page(CHAT))
    desktop = PolledDesktop(MacScreen(lambda: mac), every=0.01)
    desktop.begin(told.append)
    until(lambda: any(isinstance(event, Stood) for event in told))
    assert mac.field
    mac.field["AXValue"] = "The Nile is long"
    until(lambda: any(isinstance(event, Rewritten) for event in told))
    mac.field = drawn("AXTextField", writable=True, AXSubrole="AXSecureTextField", AXValue="not to be seen")
    until(lambda: any(isinstance(event, Focused) and event.field and event.field.is_secure for event in told))
    desktop.end()
    assert "not to be seen" not in str(told)


def test_of_a_document_its_name_is_kept() -> None:
    assert file_name("file:///a/b%20c.txt") == "b c.txt"
    assert file_name("https://example.org/x") == file_name("") == ""


def test_on_another_system_there_is_no_such_desktop() -> None:
    with pytest.raises(OSError, match="this is not macOS"):
        mac_desktop().begin(lambda event: None)
