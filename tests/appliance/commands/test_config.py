"""``gatehouse config check``."""

from pathlib import Path

import pytest

from appliance.commands import config as check

SETTINGS = {
    "appliance": 'vault = "vault"\nprivate_key = "key"\n',
    "worker": 'vault = "vault"\nconsole_url = "https://gatehouse.oak.example"\n',
    "console": 'vault = "vault"\ndatabase = "sqlite:///g.db"\nsecret_key_file = "secret"\n',
}


@pytest.mark.parametrize("program", list(SETTINGS))
def test_a_good_file_is_good(tmp_path: Path, program: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS[program])
    assert check.main(["check", str(file), "--program", program]) == 0
    assert capsys.readouterr().out == f"{file}: good\n"


@pytest.mark.parametrize("program", list(check.PROGRAMS))
def test_a_mistake_is_named_with_its_line(tmp_path: Path, program: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('\nvalut = "vault"\n')
    with pytest.raises(SystemExit) as ended:
        check.main(["check", str(file), "--program", program])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"gatehouse config: {file}, line 2: valut: unknown setting")


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        check.main(["check", str(tmp_path / "none.toml"), "--program", "worker"])
    assert (
        capsys.readouterr().err
        == f"gatehouse config: {tmp_path}/none.toml: cannot be read: No such file or directory\n"
    )


def test_what_is_wrong_with_an_agents_file_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agent.toml"
    file.write_text('state = "/var/lib/gatehouse-agent"\n\nround_seconds = 0\n')
    with pytest.raises(SystemExit) as ended:
        check.main(["check", str(file), "--program", "agent"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"gatehouse config: {file}, line 3: round_seconds: must be more than nothing\n"
