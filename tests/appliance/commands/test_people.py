"""``gatehouse people import`` takes a list over and says what it did."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import people
from appliance.models import Organisation, Person
from tests.appliance import factories

LIST = "name,school,role,year,address\nSam Field,oak,pupil,9,192.0.2.7\nKim Hill,Elm School,staff,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(LIST)
    return file


def test_schools_that_are_not_there_are_named_and_nothing_goes_in(
    config: Path, file: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    with sessions.begin() as session:
        factories.school(session, "oak")
    with pytest.raises(SystemExit) as ended:
        people.main(["import", str(file), "--config", str(config)])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("gatehouse people: there is no school Elm School;")
    with sessions() as session:
        assert session.scalars(select(Person)).all() == []


def test_schools_are_created_when_told_to(
    config: Path, file: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert people.main(["import", str(file), "--create-schools", "--config", str(config)]) == 0
    assert capsys.readouterr().out == (
        "2 people added, 0 changed, 0 as they were; 1 addresses or devices given; 0 rows left out.\n"
    )
    with sessions() as session:
        assert sorted(session.scalars(select(Organisation.slug))) == ["elm-school", "oak"]
    assert people.main(["import", str(file), "--config", str(config)]) == 0


def test_bad_rows_are_named_with_their_line_and_the_good_ones_go_in(
    config: Path, file: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(LIST + "Ali Brook,oak,pupil,99,\n")
    assert people.main(["import", str(file), "--create-schools", "--config", str(config)]) == 1
    assert capsys.readouterr().err == f"{file}, line 4: year is “99”; it must be R or 1 to 13; left out\n"
    with sessions() as session:
        assert sorted(session.scalars(select(Person.name))) == ["Kim Hill", "Sam Field"]


@pytest.mark.parametrize("arguments", [[], ["import"], ["import", "none.csv", "--config", "none.toml"]])
def test_a_mistake_ends_in_words(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        people.main(arguments)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
