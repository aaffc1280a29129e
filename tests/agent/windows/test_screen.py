import pytest

from agent.polling.desktop import PolledDesktop
from agent.session.desktop import Activated, Event, Focused, Redrawn, Rewritten, Stood
from agent.session.picture import Pixels
from agent.windows.elements import DOCUMENT, EDIT, TEXT
from agent.windows.screen import WindowsScreen, windows_desktop
from tests.agent.watchers.waiting import until
from tests.agent.windows.drawn_elements import DrawnElement
from tests.agent.windows.scripted_windows import ScriptedWindows

BROWSER = r"C:\Browser\browser.exe"


class ScriptedAutomation:
    def __init__(self, focused: DrawnElement | None = None, root: DrawnElement | None = None) -> None:
        self.now, self.root, self.asked = focused, root, 0

    def focused(self) -> DrawnElement | None:
        self.asked += 1
        return self.now

    def of_window(self, window: int) -> DrawnElement | None:
        return self.root if window == 0x1F0 else None


def calls() -> ScriptedWindows:
    return ScriptedWindows(
        front=0x1F0, titles={0x1F0: "Chat"}, processes={0x1F0: 812}, programs={812: BROWSER},
        painted=Pixels(width=2, height=2, data=b"\0" * 16),
    )  # fmt: skip


def field_on_page(address: str) -> DrawnElement:
    field = DrawnElement(EDIT, can_be_written=True, said_value="The Nile")
    DrawnElement(DOCUMENT, said_value=address, below=[field])
    return field


def missing() -> ScriptedAutomation:
    raise OSError("comtypes is not installed")


def test_a_page_is_known_by_its_address_and_a_field_by_its_text() -> None:
    field = field_on_page("https://example.org/chat")
    screen = WindowsScreen(calls, lambda: ScriptedAutomation(field, DrawnElement(TEXT, name="hello")))
    screen.open()
    window = screen.window()
    assert window
    assert (window.app, window.title, window.address) == ("browser", "Chat", "https://example.org/chat")
    focus = screen.focus(window)
    assert focus
    assert focus.text == "The Nile"
    assert screen.texts(window) == ["hello"]
    assert screen.picture(window).startswith(b"\xff\xd8")


def test_the_address_is_asked_for_again_after_a_second_or_for_another_title() -> None:
    seconds, windows = [0.0], calls()
    answers = ScriptedAutomation(field_on_page("https://example.org/one"))
    screen = WindowsScreen(lambda: windows, lambda: answers, lambda: seconds[0])
    screen.open()
    screen.window()
    answers.now = field_on_page("https://example.org/two")
    first, seconds[0] = screen.window(), 1.5
    second = screen.window()
    answers.now, windows.titles = field_on_page("https://example.org/three"), {0x1F0: "Other"}
    third = screen.window()
    addresses = [window.address for window in (first, second, third) if window]
    assert addresses == [f"https://example.org/{name}" for name in ("one", "two", "three")]
    assert answers.asked == 3


def test_without_comtypes_windows_are_still_known_and_it_is_said() -> None:
    screen = WindowsScreen(calls, missing)
    screen.open()
    window = screen.window()
    assert window
    assert (screen.focus(window), screen.texts(window)) == (None, ())
    assert screen.unseen()[0] == "comtypes is not installed"


def test_what_is_typed_reaches_the_session_and_a_password_does_not() -> None:
    told, answers = list[Event](), ScriptedAutomation(field_on_page("https://example.org/chat"))
    desktop = PolledDesktop(WindowsScreen(calls, lambda: answers), every=0.01)
    desktop.begin(told.append)
    until(lambda: any(isinstance(event, Stood) for event in told))
    assert answers.now
    answers.now.said_value = "The Nile is long"
    until(lambda: any(isinstance(event, Rewritten) for event in told))
    answers.now = DrawnElement(EDIT, key="9", is_password=True, can_be_written=True, said_value="not to be seen")
    until(lambda: any(isinstance(event, Focused) and event.field and event.field.is_secure for event in told))
    desktop.end()
    assert "not to be seen" not in str(told)
    assert {type(event) for event in told} == {Activated, Focused, Stood, Rewritten, Redrawn}


def test_on_another_system_there_is_no_such_desktop() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        windows_desktop().begin(lambda event: None)
