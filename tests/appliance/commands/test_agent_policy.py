"""``gatehouse agent policy``: what is shown can be set again, and what will not do is named with its file."""

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import agent
from tests.appliance import factories


@pytest.fixture
def agents(config: Path, sessions: sessionmaker[Session]) -> list[str]:
    with sessions.begin() as session:
        factories.reviewer(session, factories.school(session), login="dsl")
    file = config.with_name("agents.toml")
    file.write_text(config.read_text() + 'authority = "authority"\nnames = ["gate.oak.example"]\n')
    return ["--school", "oak", "--config", str(file)]


def test_what_is_set_is_shown_with_who_and_why(
    agents: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agent.main(["policy", "show", "--all", *agents])
    assert "Nobody has set a policy" in capsys.readouterr().out
    (tmp_path / "policy.toml").write_text("[off_site]\nwatch = false\n")
    change = ["policy", "set", str(tmp_path / "policy.toml"), "--by", "dsl", "--why", "Governors, 3 March.", *agents]
    assert agent.main(change) == 0
    assert "is in force at Oak School" in capsys.readouterr().out
    assert agent.main(change) == 0
    assert "nothing was changed" in capsys.readouterr().out
    agent.main(["policy", "show", "--all", *agents])
    assert "set by dsl on " in capsys.readouterr().out
    agent.main(["policy", "show", *agents])
    shown = json.loads(capsys.readouterr().out)
    assert shown["off_site"]["watch"] is False
    (tmp_path / "shown.json").write_text(json.dumps(shown))
    agent.main(["policy", "set", str(tmp_path / "shown.json"), "--by", "dsl", "--why", "Again.", *agents])
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (
            "[off_site]\nwatch = 1\n",
            ["--by", "dsl", "--why", "x"],
            "policy.toml: off_site.watch: must be true or false",
        ),
        ("", ["--why", "x"], "say --by LOGIN"),
        ("second_opinion = false", ["--by", "dsl"], "say why it is changed"),
        ("= 1", ["--by", "dsl", "--why", "x"], "policy.toml"),
    ],
)
def test_a_mistake_is_said_in_words(
    agents: list[str], tmp_path: Path, text: str, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy.toml").write_text(text)
    with pytest.raises(SystemExit) as ended:
        agent.main(["policy", "set", str(tmp_path / "policy.toml"), *more, *agents])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
