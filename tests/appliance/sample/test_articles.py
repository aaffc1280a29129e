import pytest

from appliance.sample.articles import about, articles


def test_every_article_can_be_read_and_found() -> None:
    for article in articles().values():
        assert article.site in ("homework", "magazine")
        assert len(article.paragraphs) >= 3
        assert article in about(" ".join(article.keywords))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("How do volcanoes ERUPT?", "volcanoes"),
        ("macbeth is this a dagger", "macbeth"),
        ("romeo and juliet who kills tybalt", "romeo"),
    ],
)
def test_a_search_finds_the_fitting_article_first(query: str, first: str) -> None:
    assert about(query)[0].name == first


def test_words_nobody_wrote_about_find_nothing() -> None:
    assert about("xylophone zither") == []
