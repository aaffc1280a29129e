import pytest

from detection.personal_information.home_address import home_addresses


@pytest.mark.parametrize(
    ("text", "written", "shown"),
    [
        ("i live at 12 mill lane, ab1 2ab", "12 mill lane, ab1 2ab", "•• mill lane, ab1 •••"),
        ("come round 4a The Old Rd, Leyton AB12AB", "4a The Old Rd, Leyton AB12AB", "•a The Old Rd, Leyton AB1 •••"),
        ("my house is flat 3, 20 Hill Street\nLittleton\nSW1A 1AA", "flat 3, 20 Hill Street\nLittleton\nSW1A 1AA",
         "flat •, •• Hill Street Littleton SW1A •••"),
        ("pick me up 7 St Mary's Close WC2H 7LT", "7 St Mary's Close WC2H 7LT", "• St Mary's Close WC2H •••"),
    ],
)  # fmt: skip
def test_the_writers_address_is_found_and_shown_in_part(text: str, written: str, shown: str) -> None:
    (finding,) = home_addresses(text)
    assert (text[finding.start : finding.end], finding.shown, finding.own) == (written, shown, True)


@pytest.mark.parametrize(
    "text",
    [
        "the museum is at 12 Mill Lane, AB1 2AB",
        "please deliver to 12 Mill Lane, AB1 2AB",
        "the letter in the exercise says 221 Baker Street, NW1 6XE",
    ],
)
def test_an_address_of_others_is_not_the_writers(text: str) -> None:
    assert [finding.own for finding in home_addresses(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "i live in ab1 2ab",
        "i live at 12 mill lane",
        "i live at 12 mill lane, zz1 2ab",
        "i live at 12 mill lane, ab1 2ci",
        "i live at 12 mill lane, abc1 2ab",
        "my house is like 3 years old and so cool, lol, EC1 4KK",
        "i live at 12 mill lane" + " and so on" * 20 + " ab1 2ab",
        "im at year 9 set 3 in room B1 2BB",
        "we live in 4 bed house w1 1st",
    ],
)
def test_what_is_no_full_address_is_not(text: str) -> None:
    assert list(home_addresses(text)) == []


def test_two_addresses_are_two() -> None:
    text = "my house: 12 mill lane ab1 2ab, my dads house: 4 hill road ab1 2ad"
    assert [text[f.start : f.end] for f in home_addresses(text)] == ["12 mill lane ab1 2ab", "4 hill road ab1 2ad"]
