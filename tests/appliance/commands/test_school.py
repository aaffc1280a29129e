"""``gatehouse school add``."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import school
from appliance.models import Organisation


def test_a_trust_and_its_school(
    config: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    end = ["--config", str(config)]
    assert school.main(["add", "Forest Trust", "--slug", "forest", "--kind", "trust", *end]) == 0
    assert school.main(["add", "Oak School", "--trust", "forest", *end]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Oak School is there as oak-school."
    with sessions() as session:
        forest, oak = session.scalars(select(Organisation).order_by(Organisation.id))
    assert oak.parent_id == forest.id


def test_the_same_twice_is_a_mistake(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["add", "Oak School", "--config", str(config)]
    school.main(arguments)
    with pytest.raises(SystemExit):
        school.main(arguments)
    assert capsys.readouterr().err == "gatehouse school: there is a school oak-school already\n"
