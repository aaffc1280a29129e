from agent.polling.screen import Screen
from tests.agent.polling.scripted_screen import ScriptedScreen, focus


def test_a_field_that_does_not_tell_has_no_text() -> None:
    assert focus(None).text is None


def test_what_tests_look_at_is_such_a_screen() -> None:
    screen: Screen = ScriptedScreen()
    screen.open()
    assert screen.window()
