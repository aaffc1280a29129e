import pytest

from detection.foreign_lists.entry import Company, Entry, Part, Reading, Wanted
from detection.foreign_lists.senso import CONTEXTS, read
from detection.library import Category
from detection.library_file import _KNOWN
from tests.detection.foreign_lists.entries import LIST

HEADER = "Phrase,Context,Action,Severity,Screenshot,Match,Type"


def reading(**cells: str) -> Reading:
    """Of one row, some of its cells changed."""
    row = {
        "Phrase": "go away", "Context": "KEYWORD", "Action": "Alert", "Severity": "High", "Screenshot": "Yes",
        "Match": "ALONE", "Type": "Bullying",
    } | cells  # fmt: skip
    line = ",".join(f'"{cell}"' for cell in row.values())
    return read(LIST, f"{HEADER}\n{line}", Wanted(severity=2))


def entry(**cells: str) -> Entry:
    (found,) = reading(**cells).entries
    return found


def test_a_row_becomes_an_entry() -> None:
    assert entry() == Entry(
        place=entry().place,
        parts=(Part("go away"),),
        category=Category.BULLYING,
        severity=3,
        channels=("written",),
        group="Bullying",
    )


@pytest.mark.parametrize(
    ("written", "severity"),
    [("Low", 1), ("MEDIUM", 2), ("high", 3), ("Urgent", 4), ("Critical", 5), ("4", 4), ("", 2)],
)
def test_severities(written: str, severity: int) -> None:
    assert entry(Severity=written).severity == severity


@pytest.mark.parametrize(
    ("written", "channels"),
    [
        ("KEYWORD", ("written",)),
        ("Website URL", ("dns", "search", "url")),
        ("CAPTION", ("page", "screen")),
        ("WEBSITECONTENT", ("shown",)),
        ("APPLICATION", ("file-name", "screen")),
        ("KEYWORD;WEBSITECONTENT", ("shown", "written")),
        ("All", ()),
        ("", ()),
    ],
)
def test_contexts(written: str, channels: tuple[str, ...]) -> None:
    assert entry(Context=written).channels == channels


def test_every_context_is_one_a_phrase_may_name() -> None:
    assert {channel for channels in CONTEXTS.values() for channel in channels} <= _KNOWN["channels"]


@pytest.mark.parametrize(
    ("written", "company"),
    [
        ("ALONE", Company.NONE),
        ("", Company.NONE),
        ("SAMETYPE", Company.SAME_GROUP),
        ("Any Type", Company.ANY_GROUP),
    ],
)
def test_matches(written: str, company: Company) -> None:
    assert entry(Match=written).company is company


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Phrase": " "}, "has no phrase"),
        ({"Action": "Whitelist"}, "its action is whitelist"),
        ({"Action": "IGNORE"}, "its action is ignore"),
        ({"Severity": "Huge"}, "severity is not known: “Huge”; known are low, medium, high, urgent, critical"),
        ({"Context": "Telepathy"}, "context is not known: “telepathy”; known are keyword, "),
        ({"Match": "Sometimes"}, "match is not known: “Sometimes”; known are alone, sametype, anytype"),
        ({"Type": "Names"}, "type “Names” belongs to no category; name one with --category"),
    ],
)
def test_a_row_that_cannot_be_taken_over_says_why(cells: dict[str, str], reason: str) -> None:
    (left_out,) = reading(**cells).left_out
    assert str(left_out).startswith(f"list.txt, line 2: {reason}")


def test_a_bad_row_does_not_keep_the_others_out() -> None:
    found = read(LIST, "Phrase,Severity,Type\none two,Huge,Drugs\nthree four,Low,Drugs", Wanted())
    assert ([each.place.line for each in found.entries], len(found.left_out)) == ([3], 1)
