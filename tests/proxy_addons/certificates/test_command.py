import re
from datetime import UTC, datetime, timedelta

import pytest

from proxy_addons.certificates.command import main
from proxy_addons.certificates.folder import Folder
from tests.proxy_addons.conftest import settings

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def run(tmp_path, capsys):
    config = settings(tmp_path, "http://127.0.0.1:1", {}, state="state")
    (tmp_path / "phrase").write_text("correct horse battery\n")

    def call(act, *more, now=NOW, status=0, sealed=False):
        given = [] if act == "sign" else ["--config", str(config)]
        given += ["--passphrase-file", str(tmp_path / "phrase")] if sealed else []
        assert main([act, *map(str, more), *given], lambda: now) == status
        return capsys.readouterr()

    return call


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "state" / "authority")


def test_a_new_one_shows_its_fingerprint_and_is_made_once(run, folder):
    said = run("new").out
    shown = run("show").out
    assert re.search(r"SHA-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})", said)[1] in shown
    assert "its key is here" in shown
    assert re.search(r"cannot sign:  for \d{3} domains", shown)
    assert "is there already" in run("new", status=2).err


def test_sealed_the_next_one_is_made_with_the_passphrase(run, folder):
    run("new")
    run("seal", sealed=True)
    assert "its key is sealed" in run("show").out
    late = NOW + timedelta(days=320)
    due = run("show", now=late, status=1)
    assert "less than 60 days left; gatehouse authority intermediate makes it" in due.err
    before = folder.intermediate()
    assert "workers take it up" in run("intermediate", now=late, sealed=True).out
    assert folder.intermediate() != before
    assert run("show", now=late).err == ""
    assert not folder.root_key.exists()


def test_taken_off_it_is_given_back_for_a_moment(run, folder, tmp_path):
    run("new")
    run("take-off", "--to", tmp_path / "stick.pem", sealed=True)
    assert "its key is away" in run("show").out
    assert "give it with --root-key" in run("intermediate", status=2, sealed=True).err
    run("intermediate", "--root-key", tmp_path / "stick.pem", sealed=True)
    assert "its key is away" in run("show").out
    assert "not here any more" in run("take-off", "--to", tmp_path / "again.pem", status=2, sealed=True).err
    assert "is not there" in run("seal", status=2, sealed=True).err


def test_a_root_kept_elsewhere_signs_a_request(run, folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    there = settings(elsewhere, "http://127.0.0.1:1", {}, school="Trust", state="state")
    assert main(["new", "--config", str(there)], lambda: NOW) == 0
    keys = elsewhere / "state" / "authority"
    request, signed = tmp_path / "request.pem", tmp_path / "signed.pem"
    run("request", "--out", request)
    own = ("--root", keys / "gatehouse-root.pem", "--root-key", keys / "root-key.pem")
    assert "cannot sign for" in run("sign", request, *own, "--out", signed).out
    run("install", signed, "--root", keys / "gatehouse-root.pem")
    shown = run("show").out
    assert "its key is away" in shown
    assert "Gatehouse Hillside 2026-09-01" in shown


def test_mistakes_are_one_line(run, tmp_path):
    for act, more in (
        ("show", ()),
        ("intermediate", ()),
        ("install", (tmp_path / "missing.pem",)),
        ("sign", (tmp_path / "phrase", "--root", "a", "--root-key", "b", "--out", "c")),
    ):
        said = run(act, *more, status=2)
        assert said.err.startswith("gatehouse authority: ")
        assert said.err.count("\n") == 1
        assert not said.out
