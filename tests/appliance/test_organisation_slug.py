"""Short names of schools."""

import pytest

from appliance.organisation_slug import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Oak School", "oak-school"), ("St. Mary’s R.C.", "st-marys-r-c"), ("Ysgol Tŷ Ffynnon", "ysgol-ty-ffynnon")],
)
def test_a_name_becomes_letters_digits_and_dashes(name: str, slug: str) -> None:
    assert slug_of(name) == slug
