from detection.categories import AREAS, FourC
from detection.library import Category


def test_every_category_says_where_it_belongs() -> None:
    assert set(AREAS) == set(Category)
    assert all(area.title and area.uksic and area.kcsie and area.four_cs for area in AREAS.values())


def test_each_of_the_four_cs_is_watched() -> None:
    assert {c for area in AREAS.values() for c in area.four_cs} == set(FourC)


def test_only_conduct_that_harms_nobody_else_is_kept_low() -> None:
    assert {category for category, area in AREAS.items() if area.highest == 2} == {
        Category.BYPASS,
        Category.GAMBLING,
        Category.PERSONAL_INFORMATION,
        Category.PORNOGRAPHY,
    }
