import pytest

from appliance.sample.exchange import request
from appliance.sample.sites.lookup import lookup


def test_a_search_shows_its_words_and_what_fits() -> None:
    text = lookup(request("GET", "/search?q=how+do+volcanoes+erupt")).body.decode()
    assert 'value="how do volcanoes erupt"' in text
    assert text.index("Why volcanoes erupt") < text.index("The telescope that looks back in time")


@pytest.mark.parametrize(
    ("query", "offered"),
    [("i want to die", True), ("how to hurt myself", True), ("how to dye a shirt", False), ("volcanoes", False)],
)
def test_help_comes_first_where_somebody_may_need_it(query: str, offered: bool) -> None:
    text = lookup(request("GET", f"/search?q={query.replace(' ', '+')}")).body.decode()
    assert ("Help is available" in text) is offered


def test_the_front_page_and_no_other() -> None:
    assert lookup(request("GET", "/")).status == 200
    assert lookup(request("GET", "/maps")).status == 404
