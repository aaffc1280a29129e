from proxy_addons.bypass_commands.command import main
from tests.proxy_addons.bypass_commands.conftest import ADD, WHY
from tests.proxy_addons.conftest import settings


def test_a_mistake_in_a_list_or_in_the_settings_is_one_line(gatehouse, tmp_path):
    (tmp_path / "lists" / "trust.toml").write_text("nonsense")
    status, _, said = gatehouse("list")
    assert (status, "trust.toml" in said, said.count("\n")) == (2, True, 1)
    assert gatehouse("import", str(tmp_path / "missing.toml"), *WHY)[0] == 2
    config = settings(tmp_path, "http://127.0.0.1:9", {})
    assert main(["add", "a.example", *ADD, "--config", str(config)]) == 2


def test_one_file_is_the_schools_list_and_no_trusts(tmp_path, capsys):
    (tmp_path / "own.toml").write_text("")
    config = ["--config", str(settings(tmp_path, "http://127.0.0.1:9", {}, bypass="own.toml"))]
    assert main(["add", "a.example", *ADD, *config]) == 0
    assert "a.example" in (tmp_path / "own.toml").read_text()
    assert main(["add", "a.example", "--layer", "trust", *ADD, *config]) == 2
    assert "must name a folder" in capsys.readouterr().err
