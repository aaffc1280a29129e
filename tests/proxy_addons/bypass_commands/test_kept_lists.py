import stat
import threading

import pytest

from detection.unopened.entry import Entry
from detection.unopened.layers import Layer
from proxy_addons.bypass_commands.kept_lists import KeptLists


def entry(name):
    return Entry(domain=name, reason="x", why="y")


def test_a_change_is_there_for_everybody_to_read_and_leaves_no_draft(tmp_path):
    with KeptLists(tmp_path).changing(Layer.TRUST) as entries:
        entries["a.example"] = entry("a.example")
    file = tmp_path / "trust.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert KeptLists(tmp_path).entries(Layer.TRUST) == {"a.example": entry("a.example")}
    assert {each.name for each in tmp_path.iterdir()} == {"trust.toml", ".lock"}


def test_what_fails_midway_changes_nothing(tmp_path):
    def fail():
        with KeptLists(tmp_path).changing(Layer.SCHOOL) as entries:
            entries["a.example"] = entry("a.example")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not (tmp_path / "school.toml").exists()


def test_two_who_change_it_at_once_both_do(tmp_path):
    def add(number):
        with KeptLists(tmp_path).changing(Layer.SCHOOL) as entries:
            entries[f"h{number}.example"] = entry(f"h{number}.example")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(KeptLists(tmp_path).entries(Layer.SCHOOL)) == 8


def test_without_a_place_there_is_none_to_change():
    with pytest.raises(ValueError, match="set “bypass” there"):
        KeptLists(None).file(Layer.SCHOOL)
