"""Pictures can be taken of every page, and the README shows those it was given."""

import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.screenshots import IN_README, README, SIZES, make_small
from tests.journeys.whole import PROJECT

LARGEST = 150_000
"""Bytes: everybody who takes the code takes the pictures too."""


def test_the_readme_shows_the_pictures_there_are_each_with_words_for_it() -> None:
    shown = re.findall(r"!\[(.+?)\]\(docs/pictures/(.+?)\.png\)", (PROJECT / "README.md").read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(IN_README) == sorted(p.stem for p in README.glob("*.png"))
    assert all(len(words) > 20 for words, _ in shown)
    assert all(picture.stat().st_size < LARGEST for picture in README.glob("*.png"))


@pytest.mark.slow
def test_every_page_is_taken_wide_and_narrow(tmp_path: Path) -> None:
    before = [picture.read_bytes() for picture in sorted(README.glob("*.png"))]
    command = [PROJECT / "scripts" / "screenshots", tmp_path, "--leave-readme"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for size, (width, height) in SIZES.items():
        for page in ("sign-in", "queue", "incident-chat", "incident-page", "people", "health", "help", "account"):
            with Image.open(tmp_path / f"{page}-{size}.png") as picture:
                assert picture.size == (width, height), page
    make_small(tmp_path / "incident-page-wide.png", tmp_path / "small.png")
    assert (tmp_path / "small.png").stat().st_size < LARGEST
    assert before == [picture.read_bytes() for picture in sorted(README.glob("*.png"))]
