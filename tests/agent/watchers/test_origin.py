import os
from pathlib import Path

import pytest

from agent.watchers.origin import bare_address, origin


def test_what_a_browser_wrote_beside_a_file_is_known(tmp_path: Path) -> None:
    file = tmp_path / "essay.pdf"
    file.touch()
    assert origin(file) == ""
    try:
        os.setxattr(file, "user.xdg.origin.url", b"https://files.example/essay.pdf?key=1")
    except OSError:
        pytest.skip("this file system keeps no such attributes")
    assert origin(file) == "https://files.example/essay.pdf"


def test_a_file_that_is_gone_came_from_nowhere(tmp_path: Path) -> None:
    assert origin(tmp_path / "gone") == ""


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://a:b@files.example:8443/x?y#z", "https://files.example/x"),
        ("http://files.example", "http://files.example"),
        ("blob:https://files.example/1-2", ""),
        ("data:text/plain,x", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_nothing_secret_stays_in_an_address(address: str, bare: str) -> None:
    assert bare_address(address) == bare
