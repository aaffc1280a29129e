import sys

from agent.windows import system_calls


def test_they_are_there_on_windows_and_nowhere_else() -> None:
    assert hasattr(system_calls, "kernel32") is (sys.platform == "win32")
