import sys

import pytest

from agent.windows.tray_calls import room_for, tray_calls


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        tray_calls()


@pytest.mark.parametrize(
    ("text", "units", "kept"),
    [("Hill School", 64, "Hill School"), ("Hill School", 5, "Hill"), ("a\U0001f600b", 3, "a"), ("", 64, "")],
)
def test_what_is_too_long_ends_between_two_letters_and_leaves_room_for_its_end(
    text: str, units: int, kept: str
) -> None:
    assert room_for(text, units) == kept.encode("utf-16-le")
