"""Media types as they are compared."""

import pytest

from detection.media_type import bare_type


@pytest.mark.parametrize("said", ["text/html", "Text/HTML; charset=utf-8", " text/html ;x"])
def test_parameters_and_case_say_nothing_of_the_kind(said: str) -> None:
    assert bare_type(said) == "text/html"
