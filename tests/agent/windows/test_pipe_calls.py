import sys

import pytest

from agent.windows.pipe_calls import pipe_calls


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        pipe_calls()
