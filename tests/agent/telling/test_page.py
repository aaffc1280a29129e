"""The notice page: everything is on it, help comes first, and nothing of the school's words becomes markup."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from agent.telling.page import page
from agent.telling.words import told
from tests.agent.telling.test_words import ALL, SCHOOL


def test_it_has_all_that_is_told() -> None:
    said = told(ALL)
    written = page(said)
    for part in (said.headline, *said.monitored, *said.never, said.why, said.by, said.text, said.link):
        assert part in written


def test_help_stands_before_everything_else() -> None:
    assert re.findall("<h2>(.*)</h2>", page(told(ALL)))[0] == "If you need help"


def test_only_addresses_become_links() -> None:
    links = re.findall('href="([^"]*)"', page(told(ALL)))
    assert links == [SCHOOL.help.split()[0], SCHOOL.link]
    hidden = replace(ALL, notice=replace(SCHOOL, link="javascript:alert(1)", help='"><script>x</script>'))
    assert "href" not in page(told(hidden))
    assert "<script" not in page(told(hidden))


def test_it_names_no_heading_with_nothing_below() -> None:
    written = page(told(replace(ALL, paused="it is a holiday", notice=replace(SCHOOL, by="", help=""))))
    assert "By whom" not in written
    assert "What is monitored" not in written


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not here")
def test_a_browser_draws_it(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text(page(told(ALL)), "utf-8")
    picture = tmp_path / "notice.png"
    command = ["chromium", "--headless", "--no-sandbox", "--window-size=900,1000", f"--screenshot={picture}"]
    subprocess.run([*command, (tmp_path / "notice.html").as_uri()], check=True, capture_output=True, timeout=60)
    assert picture.stat().st_size > 10_000
