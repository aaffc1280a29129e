import pytest

from detection.personal_information.school import SchoolNames

NAMES = SchoolNames(("Hill School", "St Anne's High", "HS", ""))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("i go to Hill School lol", "Hill School"),
        ("I'm at St. Annes High", "St. Annes High"),
        ("im in year 9 at hill-school", "hill-school"),
        ("my school is called HILL SCHOOL", "HILL SCHOOL"),
        ("meet me outside hill school at 3", "hill school"),
        ("Hill School is my school", "Hill School"),
        ("i g0 to h1ll sch00l", "h1ll sch00l"),
    ],
)
def test_where_the_writer_is_to_be_found_is_told(text: str, written: str) -> None:
    (finding,) = NAMES.find(text)
    assert text[finding.start : finding.end] == finding.shown == written


@pytest.mark.parametrize(
    "text",
    [
        "hill school is boring",
        "we play hill school on saturday",
        "i go to church hill schools",
        "i go to HS",
        "i go to the other school",
        "",
    ],
)
def test_merely_naming_it_is_not(text: str) -> None:
    assert list(NAMES.find(text)) == []


def test_without_names_nothing_is_looked_for() -> None:
    assert list(SchoolNames(()).find("i go to hill school")) == []
