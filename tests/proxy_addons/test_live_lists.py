import logging

import pytest

from detection.settings import SettingsError
from proxy_addons.live_lists import LiveLists
from proxy_addons.watchdog import Watchdog

CLOSED = '[[group]]\nreason = "x"\nwhy = "y"\ndomains = ["{}"]\n'


@pytest.fixture
def watchdog():
    return Watchdog()


def replace(file, text):
    draft = file.with_name(".new")
    draft.write_text(text)
    draft.replace(file)


def test_a_changed_list_counts_without_a_new_start(tmp_path, watchdog):
    lists = LiveLists(tmp_path, ("gatehouse.test",), watchdog)
    assert lists.reason("a.example") is None
    replace(tmp_path / "school.toml", CLOSED.format("a.example"))
    lists.refresh()
    assert lists.reason("a.example") == "x"
    replace(tmp_path / "school.toml", CLOSED.format("b.example"))
    lists.refresh()
    assert (lists.reason("a.example"), lists.reason("b.example")) == (None, "x")
    (tmp_path / "school.toml").unlink()
    lists.refresh()
    assert (lists.reason("b.example"), lists.reason("gatehouse.test")) == (None, "own-console")


def test_a_broken_list_changes_nothing_and_is_said_once(tmp_path, watchdog, caplog):
    replace(tmp_path / "school.toml", CLOSED.format("a.example"))
    lists = LiveLists(tmp_path, (), watchdog)
    replace(tmp_path / "school.toml", "nonsense")
    with caplog.at_level(logging.ERROR):
        lists.refresh()
        lists.refresh()
    assert lists.reason("a.example") == "x"
    assert watchdog.report()["faults"] == {"bypass_list": 1}
    assert len(caplog.records) == 1
    assert "school.toml" in lists.problem
    replace(tmp_path / "school.toml", CLOSED.format("b.example"))
    lists.refresh()
    assert (lists.reason("b.example"), lists.problem) == ("x", "")


def test_nobody_starts_with_a_list_that_cannot_be_read(tmp_path, watchdog):
    (tmp_path / "trust.toml").write_text("group = 3")
    with pytest.raises(SettingsError, match=r"trust\.toml"):
        LiveLists(tmp_path, (), watchdog)
