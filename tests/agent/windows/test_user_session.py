import sys

import pytest

from agent.windows.user_session import signed_in, start_in


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        signed_in()
    with pytest.raises(OSError, match="this is not Windows"):
        start_in(1, "gatehouse-agent session")
