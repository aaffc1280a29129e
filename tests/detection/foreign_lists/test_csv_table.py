import pytest

from detection.foreign_lists.csv_table import rows
from detection.foreign_lists.entry import Refused
from tests.detection.foreign_lists.entries import LIST

COLUMNS = ("phrase", "type")


def read(text: str) -> list[tuple[int, str, str]]:
    return [
        (place.line, "refused", str(cells))
        if isinstance(cells, Refused)
        else (place.line, cells["phrase"], cells["type"])
        for place, cells in rows(LIST, text, COLUMNS, required="phrase")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Phrase,Type\ngo away,Rude",
        "PHRASE;type\r\ngo away;Rude\r\n",
        "phrase\ttype\ngo away\tRude",
        'sep=;\nType;Note;Phrase\nRude;;"go away"',
        '"Type","Phrase"\n"Rude"," go away "',
    ],
)
def test_any_separator_quote_order_and_case_will_do(text: str) -> None:
    assert [row[1:] for row in read(text)] == [("go away", "Rude")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("go away", (2, "go away", "")),
        ('"go, away",Rude', (2, "go, away", "Rude")),
        ('"say ""no""",Rude', (2, 'say "no"', "Rude")),
        ("go away,Rude,,,", (2, "go away", "Rude")),
        ("go, away,Rude", (2, "refused", "has more columns than the header: 3; is a quote missing?")),
        ('"go away\nget lost",Rude', (2, "refused", "runs over several lines; is a quote missing?")),
        ("\n ,\ngo away,Rude", (4, "go away", "Rude")),
    ],
)
def test_a_row_is_read_or_refused_at_its_line(row: str, expected: tuple[int, str, str]) -> None:
    assert read(f"Phrase,Type\n{row}") == [expected]


def test_a_row_behind_one_of_several_lines_keeps_its_number() -> None:
    assert [row[0] for row in read('Phrase,Type\n"one\ntwo",Rude\ngo away,Rude')] == [2, 4]


@pytest.mark.parametrize("behind", ["get lost,Rude", '"get lost",Rude', "get lost,Rude\n" * 9])
def test_a_quote_that_is_never_closed_costs_its_own_row_only(behind: str) -> None:
    first, *others = read(f'Phrase,Type\n"go away,Rude\n{behind}')
    assert first == (2, "refused", "runs over several lines; is a quote missing?")
    assert others[0] == (3, "get lost", "Rude")
    assert len(others) == behind.count("lost")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("go away\nget lost", "must name the columns; phrase is missing"),
        ("Phrase,Type,type\ngo away,a,b", "names a column twice: type"),
        ("Phrase,Type\n" + "x" * 200_000, "line 2: field larger than field limit"),
    ],
)
def test_what_is_no_such_table_is_refused_as_a_whole(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(text)
