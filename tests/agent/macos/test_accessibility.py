import sys

import pytest

from agent.macos.accessibility import accessibility


@pytest.mark.skipif(sys.platform == "darwin", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not macOS"):
        accessibility()


@pytest.mark.skipif(sys.platform != "darwin", reason="needs a Mac")
def test_a_mac_answers() -> None:
    answers = accessibility()
    assert answers.idle() >= 0
    assert answers.may_read() in (True, False)
    assert answers.may_picture() in (True, False)
