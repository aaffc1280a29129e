import sys
from pathlib import Path

import pytest

from agent.telling.browser import NoBrowser, show_page
from agent.telling.words import told
from tests.agent.telling.test_words import ALL

BROWSER = "open" if sys.platform == "darwin" else "xdg-open"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts what it likes")


def browser(folder: Path, status: int) -> None:
    program = folder / BROWSER
    program.write_text(f'#!/bin/sh\necho "$1" >>{folder}/opened\nexit {status}\n')
    program.chmod(0o755)


def test_the_page_is_the_persons_own_and_is_given_to_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(tmp_path, 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    file = show_page(told(ALL), tmp_path)
    assert (tmp_path / "opened").read_text().split() == [str(file)]
    assert "Hill School monitors" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("is_there", [False, True])
def test_without_a_browser_it_says_where_the_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    if is_there:
        browser(tmp_path, 3)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowser, match=r"open .*/gatehouse-notice\.html in a browser"):
        show_page(told(ALL), tmp_path)
