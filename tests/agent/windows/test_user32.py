import sys

import pytest

from agent.windows.user32 import ELSEWHERE, milliseconds_between, window_calls


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match=ELSEWHERE):
        window_calls()


@pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
def test_windows_answers() -> None:
    calls = window_calls()
    assert calls.idle() >= 0
    assert calls.title(0) == ""
    assert calls.program(0) == ""
    assert calls.description(sys.executable) != ""


def test_the_counter_begins_anew_after_forty_nine_days() -> None:
    assert milliseconds_between(1_000, 1_500) == 500
    assert milliseconds_between(0xFFFFFF00, 0x100) == 0x200
