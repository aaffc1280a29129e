"""A list that will not do stops the start; later it is an error that is told, and the edition in force stays."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from detection.illegal_lists import IllegalLists, digests
from detection.settings import SettingsError
from tests.detection.illegal import FILE, KEY, MD5, OTHER, SHA256, lists, write
from tests.detection.scripted_appliance import eventually


def test_addresses_and_files_are_found_in_whichever_list_holds_them(tmp_path: Path) -> None:
    one = write(tmp_path / "one", addresses=["listed.test/page"], bodies=[])
    two = write(tmp_path / "two", name="Other list", addresses=[], bodies=[SHA256, MD5])
    both = IllegalLists((one, two), KEY.verify_key)
    assert both.algorithms == ("sha256", "md5")
    address, body = both.address("listed.test", "/page?x"), both.body(digests(FILE, both.algorithms))
    assert address
    assert body
    assert (address.list_name, address.is_file) == ("Test list", False)
    assert (body.list_name, body.is_file, body.entry) == ("Other list", True, SHA256)
    assert both.address("listed.test", "/") is both.body(digests(b"else", both.algorithms)) is None


def test_without_a_list_of_files_no_body_need_be_hashed(tmp_path: Path) -> None:
    assert lists(tmp_path / "list", bodies=[]).algorithms == ()


def test_without_lists_nothing_is_listed_and_nothing_has_stopped() -> None:
    none = IllegalLists((), None)
    assert none.address("listed.test", "/") is None
    assert (none.state.running, none.state.entries) == (True, 0)


SPOILT: dict[str, Callable[[Path], object]] = {
    "cannot be read: No such file or directory": lambda file: file.unlink(),
    "is not signed with the key for such lists": lambda file: write(file, serial=9, key=OTHER),
    "or was changed since": lambda file: file.write_bytes(b"broken"),
}


@pytest.mark.parametrize("why", SPOILT)
def test_a_list_that_will_not_do_stops_the_start(tmp_path: Path, why: str) -> None:
    file = write(tmp_path / "list")
    SPOILT[why](file)
    with pytest.raises(SettingsError, match=f"{file}: illegal_lists: .*{why}"):
        IllegalLists((file,), KEY.verify_key)


@pytest.mark.parametrize("why", [*SPOILT, "is older (serial 6) than the one in force (serial 7)"])
def test_later_the_edition_in_force_stays_and_the_error_is_told_until_it_is_mended(
    tmp_path: Path, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = lists(file := tmp_path / "list")
    SPOILT.get(why, lambda file: write(file, serial=6, addresses=[]))(file)
    with caplog.at_level(logging.ERROR):
        found.refresh()
    assert why in found.state.last_error
    assert why in caplog.text
    assert found.address("listed.test", "/")
    write(file, serial=8, addresses=["another.test"])
    found.refresh()
    assert found.state.last_error == ""
    assert found.address("another.test", "/")
    assert not found.address("listed.test", "/")


def test_a_newer_edition_comes_into_force_by_itself(tmp_path: Path) -> None:
    file = write(tmp_path / "list")
    found = IllegalLists((file,), KEY.verify_key, every=0.01)
    found.start()
    try:
        write(tmp_path / "next", serial=8, addresses=["another.test"]).replace(file)
        eventually(lambda: found.address("another.test", "/") is not None)
        assert found.state.running
    finally:
        assert found.stop(10)
