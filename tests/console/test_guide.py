"""The help page explains levels, keys and words to whoever asks."""

import re
from pathlib import Path

import console
from appliance.models import ReviewerRole
from console.wording import LEVELS
from tests.console.factories import School


def test_everybody_finds_levels_keys_and_words(school: School) -> None:
    school.reviewer("net", ReviewerRole.NETWORK_MANAGER)
    page = school.browser("net").get("/help").text
    for level in LEVELS:
        assert level.meaning in page
    assert "False positive" in page
    assert "No alert never means that all is well." in page


def test_every_key_of_the_bar_is_explained(school: School) -> None:
    school.reviewer("dsl")
    page = school.browser("dsl").get("/help").text
    bar = (Path(console.__file__).parent / "templates/incidents/_bar.html").read_text("utf-8")
    keys = set(re.findall(r"keyed\('(\w)'\)", bar))
    assert keys == {"k", "f", "n", "c", "o", "j"}
    for key in keys:
        assert f"<kbd>{key}</kbd>" in page
