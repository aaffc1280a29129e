from appliance.sample.exchange import request
from appliance.sample.sites.homework import Homework


def test_an_essay_is_shown_once_it_was_handed_in() -> None:
    site = Homework()
    answer = site(request("POST", "/hand-in", b"title=Rivers&essay=One.%0A%0ATwo."))
    assert answer.status == 303
    text = site(request("GET", answer.location)).body.decode()
    assert "<h1>Rivers</h1>" in text
    assert "<p>One.</p>" in text
    assert "<p>Two.</p>" in text


def test_it_has_its_own_articles_and_not_the_magazines() -> None:
    site = Homework()
    assert b"Capulet" in site(request("GET", "/romeo")).body
    assert [site(request("GET", path)).status for path in ("/", "/hand-in", "/derby", "/handed-in/7")] == [
        200,
        200,
        404,
        404,
    ]
