from agent.session.picture import Pixels
from agent.windows.window_calls import WindowCalls
from tests.agent.windows.scripted_windows import ScriptedWindows


def test_what_tests_answer_with_is_of_that_shape() -> None:
    calls: WindowCalls = ScriptedWindows(front=7, painted=Pixels(width=1, height=1, data=b"bgr-"))
    assert calls.foreground() == 7
    assert calls.pixels(7)
