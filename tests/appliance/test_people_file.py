"""Lists are read as office programs write them; a bad row is named and the good ones stay."""

from pathlib import Path

import pytest

from appliance import people_file
from appliance.people_file import BadRow, PeopleFileError, Row

HEADER = "name,school,role,year,device,address\n"


def written(folder: Path, text: str, coding: str = "utf-8") -> Path:
    file = folder / "people.csv"
    file.write_bytes(text.encode(coding))
    return file


def one(folder: Path, text: str, coding: str = "utf-8") -> Row:
    [row], bad = people_file.read(written(folder, text, coding))
    assert bad == ()
    return row


def test_a_row_is_a_person_with_their_places(tmp_path: Path) -> None:
    row = one(tmp_path, HEADER + "Sam Field,Oak School,pupil,9,pc-7,192.0.2.7\n")
    assert row == Row(
        line=2,
        name="Sam Field",
        school="Oak School",
        role="pupil",
        year="9",
        places=(("address", "192.0.2.7"), ("device", "pc-7")),
    )


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Role,Name,School\npupil,Zoë Field,Oak\n", "utf-8"),
        ("name,school,role\nZoë Field,Oak,Pupil\n", "utf-8-sig"),
        ("name,school,role\r\nZoë Field,Oak,pupil\r\n", "cp1252"),
        ("name;school;role\n Zoë Field ;Oak;PUPIL\n\n;;\n", "utf-8"),
        ('name\tschool\trole\n"Zoë Field"\tOak\tpupil', "utf-8"),
    ],
    ids=["order", "mark", "windows", "semicolons", "tabs"],
)
def test_however_the_office_program_wrote_it(tmp_path: Path, text: str, coding: str) -> None:
    row = one(tmp_path, text, coding)
    assert (row.name, row.school, row.role) == ("Zoë Field", "Oak", "pupil")


@pytest.mark.parametrize(
    ("written_year", "year"), [("7", "7"), ("Year 7", "7"), ("Y07", "7"), ("r", "R"), ("Reception", "R"), ("", "")]
)
def test_years_as_schools_write_them(tmp_path: Path, written_year: str, year: str) -> None:
    assert one(tmp_path, f"name,school,role,year\nSam,Oak,pupil,{written_year}\n").year == year


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Oak,pupil,9,,", "has no name"),
        ("Sam,,pupil,9,,", "has no school"),
        ("Sam,Oak,head,9,,", "role is “head”; it must be pupil or staff"),
        ("Sam,Oak,pupil,14,,", "year is “14”; it must be R or 1 to 13"),
        ("Sam,Oak,pupil,ninth,,", "year is “ninth”; it must be R or 1 to 13"),
        ("Sam,Oak,pupil,9,,192.0.2", "address is “192.0.2”; it must be one IP address"),
        ("Sam,Oak,pupil", "has 3 columns where the header has 6"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_stay(tmp_path: Path, row: str, reason: str) -> None:
    good, bad = people_file.read(written(tmp_path, f"{HEADER}Kim,Oak,staff,,,\n{row}\nAli,Oak,pupil,1,,\n"))
    assert [each.name for each in good] == ["Kim", "Ali"]
    assert bad == (BadRow(3, reason),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing: name, role, school"),
        ("Sam,Oak,pupil\n", "missing: name, role, school"),
        ("name,school,role,Name\n", "twice: name"),
        ("name,school,role,dob\n", "unknown column: dob"),
    ],
)
def test_without_a_usable_header_nothing_is_read(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(PeopleFileError, match=reason):
        people_file.read(written(tmp_path, text))


def test_the_school_may_be_named_once_for_all(tmp_path: Path) -> None:
    [row], _ = people_file.read(written(tmp_path, "ref,name,role\np0701,Sam,pupil\n"), "oak")
    assert (row.school, row.ref) == ("oak", "p0701")


def test_an_account_is_read_in_small_letters_and_a_list_need_have_none(tmp_path: Path) -> None:
    assert one(tmp_path, "name,school,role,account\nSam,Oak,pupil,S.Field\n").account == "s.field"
    assert one(tmp_path, "name,school,role\nSam,Oak,pupil\n").account is None
    _, bad = people_file.read(written(tmp_path, f"name,school,role,account\nSam,Oak,pupil,{'x' * 201}\n"))
    assert bad == (BadRow(2, "account is longer than 200 letters"),)
