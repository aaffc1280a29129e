import sys

import pytest

from agent.windows.automation import automation


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        automation()
