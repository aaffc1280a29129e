"""``gatehouse user``."""

import io
import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import passkeys, reviewers
from appliance.commands import user
from appliance.models import Entry, Reviewer, ReviewerRole
from tests.appliance import factories

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture(autouse=True)
def oak(sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with sessions.begin() as session:
        factories.school(session)


def add(config: Path, login: str = "alex", *more: str) -> int:
    plain = ["--name", "Alex Lead", "--role", "dsl", "--school", "oak", "--email", "alex@oak.example"]
    return user.main(["add", login, *plain, *more, "--config", str(config)])


def the(sessions: sessionmaker[Session]) -> Reviewer:
    with sessions() as session:
        return session.scalars(select(Reviewer)).one()


def test_a_password_is_made_into_a_file_only_its_owner_reads(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(config) == 0
    file = tmp_path / "alex.password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    assert password not in capsys.readouterr().out
    reviewer = the(sessions)
    assert reviewers.check_password(reviewer, password)
    assert (reviewer.role, reviewer.email, reviewer.must_change_password) == (
        ReviewerRole.DSL,
        "alex@oak.example",
        True,
    )


def test_a_password_may_be_given_in_a_file(config: Path, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    (tmp_path / "chosen").write_text("three quiet otters\n")
    add(config, "alex", "--password-file", str(tmp_path / "chosen"))
    assert reviewers.check_password(the(sessions), "three quiet otters")
    assert not (tmp_path / "alex.password").exists()


def test_a_password_may_be_given_on_standard_input(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three quiet otters\n"))
    add(config, "alex", "--password-file", "-")
    assert reviewers.check_password(the(sessions), "three quiet otters")
    assert not (tmp_path / "alex.password").exists()


def test_a_new_password_and_no_access(config: Path, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    add(config)
    first = (tmp_path / "alex.password").read_text().strip()
    (tmp_path / "alex.password").unlink()
    assert user.main(["password", "alex", "--config", str(config)]) == 0
    assert not reviewers.check_password(the(sessions), first)
    assert user.main(["disable", "Alex", "--config", str(config)]) == 0
    assert not reviewers.check_password(the(sessions), (tmp_path / "alex.password").read_text().strip())


def test_a_password_file_that_is_there_is_not_written_over(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "alex.password").write_text("somebody's")
    with pytest.raises(SystemExit):
        add(config)
    assert capsys.readouterr().err == "gatehouse user: alex.password: File exists\n"
    with sessions() as session:
        assert session.scalars(select(Reviewer)).all() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["disable", "nobody"], "there is no reviewer nobody"),
        (["add", "b", "--name", "B", "--role", "dsl", "--school", "elm"], "there is no school 'elm'; known: oak"),
        (
            ["add", "b", "--name", "B", "--role", "dsl", "--school", "oak", "--password-file", "none"],
            "none: No such file",
        ),
    ],
)
def test_a_mistake_ends_in_words(
    config: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        user.main([*arguments, "--config", str(config)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_lost_passkey_is_listed_and_removed_and_that_is_an_entry(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(config)
    chosen = tmp_path / "chosen"
    chosen.write_text("seven green umbrellas\n")
    plain = {"public_key": "k", "user_handle": "h", "sign_count": 0, "now": factories.NOON}
    with sessions.begin() as session:
        alex = reviewers.get(session, "alex")
        for name in ("Telephone", "Laptop", "Key"):
            passkeys.add(session, alex, name=name, credential_id=name, **plain)
    of_alex = ["passkeys", "alex", "--config", str(config)]
    capsys.readouterr()
    assert user.main(of_alex) == 0
    assert f"Telephone: added {factories.NOON:%Y-%m-%d %H:%M} UTC, never used\n" in capsys.readouterr().out
    user.main(["password", "alex", "--password-file", str(chosen), "--config", str(config)])
    assert "They have passkeys (3), which open as before" in capsys.readouterr().out
    assert user.main([*of_alex, "--remove", "Telephone"]) == 0
    assert "Removed of alex: “Telephone”." in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        user.main([*of_alex, "--remove", "Watch"])
    assert "alex has no passkey “Watch”, but “Laptop”, “Key”" in capsys.readouterr().err
    assert user.main([*of_alex, "--remove-all"]) == 0
    user.main(of_alex)
    assert capsys.readouterr().out.endswith("alex has no passkey.\n")
    with sessions() as session:
        said = session.execute(select(Entry.kind, Entry.actor).order_by(Entry.sequence)).all()
    assert [tuple(each) for each in said[3:]] == [("passkey-removed", "system")] * 3
