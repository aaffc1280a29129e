import sys

import pytest

from agent.windows.token import sid_of_pipe_client, sid_of_token


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    for asked in (sid_of_pipe_client, sid_of_token):
        with pytest.raises(OSError, match="this is not Windows"):
            asked(0)
