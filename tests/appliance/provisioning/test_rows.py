"""The first rows: safe to repeat, and the first password is said once and kept nowhere."""

import re
from pathlib import Path
from typing import Any

import pytest

from appliance.provisioning.ledger import FILE, Ledger
from appliance.provisioning.machine import Machine, MachineError
from appliance.provisioning.plan import Site
from appliance.provisioning.rows import FirstAccount, School, SensorToken

ACCOUNT = FirstAccount("lead", "Ms Hill", "hill-school")


class Refusing:
    """The machine's commands, of which some fail in these words."""

    def __init__(self, **refused: str) -> None:
        self.refused, self.given = refused, list[str]()

    def __call__(self, _: Machine, *command: str, user: str = "", said: str = "", may_fail: bool = False) -> str:
        self.given.append(said)
        act = "_".join(command[1:3])
        if act in self.refused:
            raise MachineError(self.refused[act])
        if "--token-file" in command:
            Path(command[command.index("--token-file") + 1])
        return ""


@pytest.fixture
def refusing(site: Site, monkeypatch: pytest.MonkeyPatch) -> Any:
    def refuse(**refused: str) -> Refusing:
        run = Refusing(**refused)
        monkeypatch.setattr(type(site.machine), "run", lambda *a, **k: run(*a, **k))
        return run

    return refuse


def test_the_password_is_said_once_and_kept_nowhere(site: Site, said: list[str], refusing: Any) -> None:
    run = refusing()
    ACCOUNT.do(site)
    (password,) = re.findall(r"with the password (\S+)$", said[0])
    assert run.given == [f"{password}\n"]
    assert password not in site.machine.at(FILE).read_text()
    assert ACCOUNT.lacks(Site(site.machine, Ledger(site.machine), said.append)) == ""


def test_a_run_killed_before_it_was_said_gives_another(site: Site, said: list[str], refusing: Any) -> None:
    run = refusing(user_add="there is a reviewer lead already")
    ACCOUNT.do(site)
    assert len(run.given) == 2
    assert "with the password" in said[0]


def test_a_school_that_is_there_is_taken_up(site: Site, refusing: Any) -> None:
    refusing(school_add="there is a school hill-school already")
    school = School("Hill School", "hill-school")
    school.do(site)
    assert school.lacks(site) == ""


@pytest.mark.parametrize("step", [School("Hill School", "hill-school"), ACCOUNT])
def test_another_failure_is_one(site: Site, refusing: Any, step: Any) -> None:
    refusing(school_add="the database cannot be used", user_add="the database cannot be used")
    with pytest.raises(MachineError, match="cannot be used"):
        step.do(site)
    assert step.key not in site.ledger


def test_a_token_that_is_there_stays(site: Site) -> None:
    token = SensorToken("hill-school", "/etc/gateway.token")
    assert token.lacks(site) == "let the gateway post: token in /etc/gateway.token"
    site.machine.at(token.file).write_text("…")
    assert token.lacks(site) == ""
