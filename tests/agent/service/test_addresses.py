"""The device's own addresses."""

from pathlib import Path

from agent.service import addresses
from agent.service.addresses import own_addresses


def test_nothing_is_told_that_says_nothing_of_where_it_is() -> None:
    assert not [each for each in own_addresses() if each.is_loopback or each.is_link_local]


def test_version_6_is_read_as_linux_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "if_inet6"
    file.write_text("fd000000000000000000000000000002 02 40 00 80     eth0\n")
    assert {str(each) for each in addresses._version_6(file)} == {"fd00::2"}
    assert addresses._version_6(tmp_path / "nothing") == set()
