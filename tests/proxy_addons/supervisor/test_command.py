"""The command line; what it does with real workers and a real firewall is in tests/box."""

from proxy_addons.supervisor.command import main


def settings(tmp_path, supervisor=""):
    sensor = "".join(f'{name} = "{name}"\n' for name in ("token_file", "public_key", "outbox", "bindings_cache"))
    file = tmp_path / "gateway.toml"
    file.write_text(f'state = "state"\n[sensor]\nappliance_url = "http://127.0.0.1:9"\n{sensor}{supervisor}')
    return file


def test_a_file_without_a_supervisor_is_refused_in_one_line(tmp_path, capsys):
    assert main(["--config", str(settings(tmp_path))]) == 2
    assert capsys.readouterr().err == "supervisor: the settings have no [supervisor] table\n"


def test_a_mistake_is_named_with_its_line(tmp_path, capsys):
    assert main(["--config", str(settings(tmp_path, '[supervisor]\nfail = "ajar"\n'))]) == 2
    assert "gateway.toml, line 9: supervisor.fail: must be open or closed" in capsys.readouterr().err


def test_without_a_firewall_to_let_go_of_it_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--config", str(settings(tmp_path, "[supervisor]\n")), "--release"]) == 2
    assert capsys.readouterr().err.startswith("supervisor: nft: ")
