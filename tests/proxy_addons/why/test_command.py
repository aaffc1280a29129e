import json

import pytest

from proxy_addons.refusal_store import Event, RefusalStore
from proxy_addons.why.command import main
from tests.proxy_addons.bypass_commands.conftest import NOW
from tests.proxy_addons.conftest import settings

KIND = "13-h2-16-15-aa-bb"


@pytest.fixture
def why(tmp_path, capsys):
    (tmp_path / "lists").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "status.json").write_text(json.dumps({"at": NOW.isoformat()}))
    config = settings(tmp_path, "http://127.0.0.1:9", {}, bypass="lists", names_only=["10.30.0.0/16"])

    def run(*arguments):
        status = main([*arguments, "--config", str(config)], lambda: NOW)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_it_tells_lists_refusals_and_the_network_from_files_alone(why, tmp_path):
    with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
        devices = [f"10.20.0.{n}" for n in range(3)]
        store.add([Event("browser", "forum.test", each, True) for each in devices], NOW)
        store.add([Event(KIND, "app.test", each, False) for each in devices * 2], NOW)
    _, told, _ = why("app.test", "--client", "10.20.0.1")
    assert "No list says anything of app.test" in told
    assert "also seen at that device, refused the gateway's certificate there 6 times" in told
    assert "lacks the school's root" not in told
    assert "lacks the school's root" in why("app.test", "--client", "10.20.0.9")[1]
    assert "nothing is opened" in why("app.test", "--client", "10.30.0.9")[1]
    assert "the list Gatehouse comes with, entry nhs.uk" in why("WWW.NHS.uk")[1]


def test_it_makes_no_file_and_tells_no_visit(why, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert why("app.test", "--client", "2001:db8::7")[0] == 0
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("host", ["https://app.test/", "com", "192.0.2.1", "a b.test"])
def test_what_is_no_host_is_said_in_one_line(why, host):
    status, told, complaint = why(host)
    assert (status, told) == (2, "")
    assert complaint.startswith("gatehouse why: ")
    assert complaint.count("\n") == 1


def test_a_file_that_cannot_be_read_is_said_in_one_line(why, tmp_path):
    (tmp_path / "state" / "refusals.db").write_text("nonsense" * 999)
    assert "refusals.db: cannot be read" in why("app.test")[2]
    (tmp_path / "lists" / "school.toml").write_text("nonsense")
    assert "school.toml" in why("app.test")[2]


def test_an_address_that_is_none_is_said(why):
    with pytest.raises(SystemExit):
        why("app.test", "--client", "the library")
