import pytest

from detection.normalise import key
from detection.sought import Lists, Nearby
from tests.detection.libraries import a


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [("buy some", "", True), ("", "to roll up", True), ("roll", "up", False), ("up roll", "", False), ("", "", False)],
)
def test_one_of_the_words_must_stand_there_and_a_run_on_one_side(before: str, after: str, found: bool) -> None:
    assert Nearby(("buy", "roll up")).found(before.split(), after.split()) is found


@pytest.mark.parametrize(
    ("rule", "text", "belongs"),
    [
        ({"near": ("Buy",)}, "buy the weed", True),
        ({"near": ("buy",), "within": 1}, "buy the weed", False),
        ({"unless": ("@plants",)}, "garden the weed", False),
        ({"near": ("buy",), "also": ("tonight",)}, "buy the weed tonight", True),
        ({"near": ("buy",), "also": ("tonight",)}, "buy the weed", False),
        ({}, "the big weed", True),
    ],
)
def test_the_words_beside_decide(rule: dict[str, object], text: str, belongs: bool) -> None:
    sought = Lists({"en.plants": ("garden",)}, key).sought(a("weed", **rule))
    assert sought.belongs(text.split(), 2, 3) is belongs
