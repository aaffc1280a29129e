from agent.session.desktop import Window
from agent.windows.foreground import Foreground, handle_of
from tests.agent.windows.scripted_windows import ScriptedWindows

WORD, HOST, CLOCK = r"C:\Office\WINWORD.EXE", r"C:\Windows\System32\ApplicationFrameHost.exe", r"C:\Apps\Time.exe"


def test_a_window_is_named_by_what_its_program_says_of_itself() -> None:
    calls = ScriptedWindows(
        front=0x1F0, titles={0x1F0: "essay.docx"}, processes={0x1F0: 812}, programs={812: WORD},
        descriptions={WORD: "Microsoft Word"},
    )  # fmt: skip
    foreground = Foreground(calls)
    window = Window(key="w1f0.812", app="Microsoft Word", title="essay.docx", pid=812)
    assert foreground.window() == foreground.window() == window
    assert calls.asked == [WORD]
    assert handle_of(window) == 0x1F0


def test_a_program_that_says_nothing_is_named_by_its_file() -> None:
    window = Foreground(ScriptedWindows(front=1, processes={1: 5}, programs={5: CLOCK})).window()
    assert window
    assert window.app == "Time"


def test_a_program_from_the_store_is_not_named_by_the_frame_around_it() -> None:
    calls = ScriptedWindows(front=1, processes={1: 5, 2: 5, 3: 9}, below={1: [2, 3]}, programs={5: HOST, 9: CLOCK})
    window = Foreground(calls).window()
    assert window
    assert (window.app, window.pid) == ("Time", 9)
    calls.below = {}
    alone = Foreground(calls).window()
    assert alone
    assert alone.pid == 5


def test_on_a_locked_screen_there_is_no_window() -> None:
    assert Foreground(ScriptedWindows()).window() is None
